using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Learning;
using CourseShop.Operations;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>Everything the shop keeps. One model; each database has a class of its own for its migrations.</summary>
public abstract class ShopDb(DbContextOptions options) : IdentityDbContext<ShopUser, IdentityRole<long>, long>(options)
{
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Teacher> Teachers => Set<Teacher>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<Chapter> Chapters => Set<Chapter>();
    public DbSet<Lesson> Lessons => Set<Lesson>();
    public DbSet<AccessTerm> AccessTerms => Set<AccessTerm>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignCourse> CampaignCourses => Set<CampaignCourse>();
    public DbSet<Coupon> Coupons => Set<Coupon>();
    public DbSet<IssuedCoupon> IssuedCoupons => Set<IssuedCoupon>();
    public DbSet<CreditEntry> CreditEntries => Set<CreditEntry>();
    public DbSet<Cart> Carts => Set<Cart>();
    public DbSet<CartItem> CartItems => Set<CartItem>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<OrderEvent> OrderEvents => Set<OrderEvent>();
    public DbSet<OrderRefund> OrderRefunds => Set<OrderRefund>();
    public DbSet<OrderRefundLine> OrderRefundLines => Set<OrderRefundLine>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<PaymentNotification> PaymentNotifications => Set<PaymentNotification>();
    public DbSet<Reconciliation> Reconciliations => Set<Reconciliation>();
    public DbSet<ReconciliationDifference> ReconciliationDifferences => Set<ReconciliationDifference>();
    public DbSet<BillLine> BillLines => Set<BillLine>();
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();
    public DbSet<LessonProgress> LessonProgress => Set<LessonProgress>();
    public DbSet<MoneyAlarm> MoneyAlarms => Set<MoneyAlarm>();
    public DbSet<MoneyCheck> MoneyChecks => Set<MoneyCheck>();
    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    /// <summary>Where this database differs from the other.</summary>
    public abstract IDialect Dialect { get; }

    /// <summary>Within a unit, before it reads what it decides by: nobody else decides about this until the unit has ended.</summary>
    public Task TakeTurnAsync(Turn turn, CancellationToken stop) => Dialect.TakeTurnAsync(this, turn, stop);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyToFen>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantToUnixMs>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ShopDb).Assembly);
    }
}
