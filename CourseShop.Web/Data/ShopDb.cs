using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Learning;
using CourseShop.Messaging;
using CourseShop.Operations;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Promotions;
using CourseShop.Publishing;
using CourseShop.Wallets;
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
    public DbSet<CourseSearchEntry> CourseSearchEntries => Set<CourseSearchEntry>();
    public DbSet<StaleSearchEntry> StaleSearchEntries => Set<StaleSearchEntry>();
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
    public DbSet<WalletEntry> WalletEntries => Set<WalletEntry>();
    public DbSet<TopUp> TopUps => Set<TopUp>();
    public DbSet<Withdrawal> Withdrawals => Set<Withdrawal>();
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();
    public DbSet<LessonProgress> LessonProgress => Set<LessonProgress>();
    public DbSet<Article> Articles => Set<Article>();
    public DbSet<ArticleCourse> ArticleCourses => Set<ArticleCourse>();
    public DbSet<Notebook> Notebooks => Set<Notebook>();
    public DbSet<ArticleLike> ArticleLikes => Set<ArticleLike>();
    public DbSet<ArticleRead> ArticleReads => Set<ArticleRead>();
    public DbSet<Comment> Comments => Set<Comment>();
    public DbSet<AuthorFollow> AuthorFollows => Set<AuthorFollow>();
    public DbSet<ArticlePicture> ArticlePictures => Set<ArticlePicture>();
    public DbSet<Tip> Tips => Set<Tip>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<MoneyAlarm> MoneyAlarms => Set<MoneyAlarm>();
    public DbSet<MoneyCheck> MoneyChecks => Set<MoneyCheck>();
    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    /// <summary>Where this database differs from the other.</summary>
    public abstract IDialect Dialect { get; }

    /// <summary>Within a unit, before it reads what it decides by: nobody else decides about this until the unit has ended.</summary>
    public Task TakeTurnAsync(Turn turn, CancellationToken stop) => Dialect.TakeTurnAsync(this, turn, stop);

    /// <summary>The turns of these shoppers, who are found first; in the order of their numbers, so that two units never wait for each other.</summary>
    public async Task TakeTurnsAsync(IQueryable<long> shoppers, CancellationToken stop)
    {
        if (Dialect.HasOneWriter)
            return;
        foreach (var shopper in (await shoppers.ToListAsync(stop)).Distinct().Order())
            await TakeTurnAsync(Turn.OfShopper(shopper), stop);
    }

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
