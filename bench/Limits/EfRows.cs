using Microsoft.EntityFrameworkCore;

namespace CourseShop.Bench;

/// <summary>The rows as the shop's tables have them, without anything that decides.</summary>
internal sealed class EfRows(string database) : DbContext
{
    public DbSet<OrderRow> Orders => Set<OrderRow>();
    public DbSet<PaymentRow> Payments => Set<PaymentRow>();
    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();
    public DbSet<EnrollmentRow> Enrollments => Set<EnrollmentRow>();
    public DbSet<CourseRow> Courses => Set<CourseRow>();
    public DbSet<TermRow> Terms => Set<TermRow>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite($"Data Source={database};Foreign Keys=True");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OrderRow>().ToTable("Orders").Property(order => order.Status).IsConcurrencyToken();
        modelBuilder.Entity<OrderRow>().HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId);
        modelBuilder.Entity<OrderRow>().HasMany(order => order.Events).WithOne().HasForeignKey(entry => entry.OrderId);
        modelBuilder.Entity<LineRow>().ToTable("OrderLines");
        modelBuilder.Entity<EventRow>().ToTable("OrderEvents");
        modelBuilder.Entity<PaymentRow>().ToTable("Payments").Property(payment => payment.Status).IsConcurrencyToken();
        modelBuilder.Entity<NotificationRow>().ToTable("PaymentNotifications");
        modelBuilder.Entity<EnrollmentRow>().ToTable("Enrollments");
        modelBuilder.Entity<CourseRow>().ToTable("Courses");
        modelBuilder.Entity<TermRow>().ToTable("AccessTerms");
    }
}

internal sealed class OrderRow
{
    public long Id { get; set; }
    public string Number { get; set; } = "";
    public long UserId { get; set; }
    public string CheckoutKey { get; set; } = "";
    public int Status { get; set; }
    public string Title { get; set; } = "";
    public long ListTotal { get; set; }
    public long CampaignDiscount { get; set; }
    public long CouponDiscount { get; set; }
    public long CreditDiscount { get; set; }
    public long Total { get; set; }
    public int Credits { get; set; }
    public long CreatedAt { get; set; }
    public long PayBy { get; set; }
    public long? PaidAt { get; set; }
    public List<LineRow> Lines { get; } = [];
    public List<EventRow> Events { get; } = [];
}

internal sealed class LineRow
{
    public long Id { get; set; }
    public long OrderId { get; set; }
    public int Position { get; set; }
    public long CourseId { get; set; }
    public string CourseTitle { get; set; } = "";
    public string CoverPath { get; set; } = "";
    public long TermId { get; set; }
    public int? TermDays { get; set; }
    public bool IsFreeCampaign { get; set; }
    public long ListPrice { get; set; }
    public long CampaignDiscount { get; set; }
    public long Price { get; set; }
    public long CouponShare { get; set; }
    public long CreditShare { get; set; }
    public int Credits { get; set; }
    public long Amount { get; set; }
}

internal sealed class EventRow
{
    public long Id { get; set; }
    public long OrderId { get; set; }
    public int Kind { get; set; }
    public long At { get; set; }
}

internal sealed class PaymentRow
{
    public long Id { get; set; }
    public int Purpose { get; set; }
    public string PurposeNumber { get; set; } = "";
    public int Channel { get; set; }
    public string OutTradeNo { get; set; } = "";
    public long Amount { get; set; }
    public string Subject { get; set; } = "";
    public int Status { get; set; }
    public long PayBy { get; set; }
    public long CreatedAt { get; set; }
    public long? ReceivedAt { get; set; }
    public long? PaidAt { get; set; }
    public string? TradeNo { get; set; }
    public long? AmountReceived { get; set; }
    public long AlreadyRefunded { get; set; }
    public long Refunded { get; set; }
    public string? Buyer { get; set; }
    public bool IsExtra { get; set; }
}

internal sealed class NotificationRow
{
    public long Id { get; set; }
    public int Channel { get; set; }
    public string? NotifyId { get; set; }
    public string? OutTradeNo { get; set; }
    public string? TradeNo { get; set; }
    public string? TradeStatus { get; set; }
    public string Body { get; set; } = "";
    public int Verdict { get; set; }
    public string RemoteAddress { get; set; } = "";
    public long ReceivedAt { get; set; }
}

internal sealed class EnrollmentRow
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public long CourseId { get; set; }
    public int Source { get; set; }
    public long StartsAt { get; set; }
    public long? EndsAt { get; set; }
    public long? OrderLineId { get; set; }
    public string? TradeNo { get; set; }
    public long? PaidAt { get; set; }
}

internal sealed class CourseRow
{
    public long Id { get; set; }
    public string Title { get; set; } = "";
    public string CoverPath { get; set; } = "";
    public int Learners { get; set; }
}

internal sealed class TermRow
{
    public long Id { get; set; }
    public long CourseId { get; set; }
    public int? Days { get; set; }
    public long Price { get; set; }
}
