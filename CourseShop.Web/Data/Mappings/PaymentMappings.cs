using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class PaymentMapping :
    IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<PaymentNotification>, IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.Property(payment => payment.Status).IsConcurrencyToken();
        builder.HasIndex(payment => payment.OutTradeNo, "IX_Payments_Attempt").IsUnique().HasFilter("\"IsExtra\" = 0");
        builder.HasIndex(payment => payment.OutTradeNo);
        builder.HasIndex(payment => payment.TradeNo).IsUnique();
        builder.HasIndex(payment => new { payment.Purpose, payment.PurposeNumber });
        builder.Ignore(payment => payment.Remaining);
        builder.HasIndex(payment => payment.PayBy, "IX_Payments_Overdue").HasFilter("\"Status\" = 1 AND \"Purpose\" <> 0");
        builder.HasIndex(payment => payment.ReceivedAt);
        builder.HasIndex(payment => payment.PaidAt);
        builder.HasIndex(payment => payment.Status, "IX_Payments_ForStaff").HasFilter("\"Status\" IN (4, 5, 6)");
    }

    public void Configure(EntityTypeBuilder<PaymentNotification> builder)
    {
        builder.HasIndex(notification => notification.NotifyId).IsUnique();
        builder.HasIndex(notification => notification.OutTradeNo);
        builder.HasIndex(notification => new { notification.Verdict, notification.Id });
    }

    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.Property(refund => refund.Status).IsConcurrencyToken();
        builder.HasIndex(refund => refund.RefundNumber).IsUnique();
        builder.HasIndex(refund => refund.DoneAt);
        builder.HasIndex(refund => refund.NextTryAt, "IX_Refunds_Open").HasFilter("\"Status\" = 0");
        builder.HasOne(refund => refund.Payment).WithMany().HasForeignKey(refund => refund.PaymentId).OnDelete(DeleteBehavior.Restrict);
    }
}
