using CourseShop.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class OperationMapping : IEntityTypeConfiguration<MoneyAlarm>, IEntityTypeConfiguration<MoneyCheck>
{
    public void Configure(EntityTypeBuilder<MoneyAlarm> builder)
    {
        builder.HasIndex(alarm => new { alarm.Invariant, alarm.Subject }, "IX_MoneyAlarms_Open").IsUnique().HasFilter("\"ClearedAt\" IS NULL");
        builder.HasIndex(alarm => alarm.ClearedAt);
        builder.Ignore(alarm => alarm.FactList);
    }

    public void Configure(EntityTypeBuilder<MoneyCheck> builder) => builder.Ignore(check => check.Marks).HasIndex(check => new { check.IsWhole, check.Id });
}
