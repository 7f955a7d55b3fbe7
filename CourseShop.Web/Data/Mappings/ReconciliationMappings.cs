using CourseShop.Payments.Reconciling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class ReconciliationMapping :
    IEntityTypeConfiguration<Reconciliation>, IEntityTypeConfiguration<BillLine>, IEntityTypeConfiguration<ReconciliationDifference>
{
    public void Configure(EntityTypeBuilder<Reconciliation> builder)
    {
        builder.Property(run => run.State).IsConcurrencyToken();
        builder.ComplexProperty(run => run.Bill);
        builder.ComplexProperty(run => run.Books);
        builder.HasIndex(run => new { run.Channel, run.Day, run.Id });
        builder.HasIndex(run => new { run.Channel, run.Day }, "IX_Reconciliations_Current").IsUnique().HasFilter("\"IsCurrent\" = 1");
        builder.HasIndex(run => new { run.Channel, run.Day }, "IX_Reconciliations_UnderWay").IsUnique().HasFilter("\"State\" IN (0, 1, 2)");
    }

    /// <summary>A row of a bill is imported once by a run, and names each payment and each refund once.</summary>
    public void Configure(EntityTypeBuilder<BillLine> builder)
    {
        builder.HasKey(line => new { line.ReconciliationId, line.Position });
        builder.HasIndex(line => new { line.TradeNo, line.Kind, line.RefundNumber, line.ReconciliationId }).IsUnique();
        builder.HasIndex(line => line.OutTradeNo);
        builder.HasIndex(line => line.RefundNumber);
        builder.HasOne(line => line.Reconciliation).WithMany().HasForeignKey(line => line.ReconciliationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ReconciliationDifference> builder)
    {
        builder.HasIndex(difference => new { difference.ReconciliationId, difference.Kind, difference.TradeNo, difference.RefundNumber }).IsUnique();
        builder.HasIndex(difference => difference.ReconciliationId, "IX_ReconciliationDifferences_Open").HasFilter("\"Ending\" IS NULL");
        builder.Ignore(difference => difference.Action);
        builder.HasOne(difference => difference.Reconciliation).WithMany().HasForeignKey(difference => difference.ReconciliationId).OnDelete(DeleteBehavior.Restrict);
    }
}
