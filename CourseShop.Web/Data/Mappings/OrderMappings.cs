using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Catalog;
using CourseShop.Learning;
using CourseShop.Ordering;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class OrderMapping :
    IEntityTypeConfiguration<Order>, IEntityTypeConfiguration<OrderLine>, IEntityTypeConfiguration<OrderEvent>,
    IEntityTypeConfiguration<OrderRefund>, IEntityTypeConfiguration<OrderRefundLine>, IEntityTypeConfiguration<LessonProgress>,
    IEntityTypeConfiguration<Cart>, IEntityTypeConfiguration<CartItem>, IEntityTypeConfiguration<Enrollment>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.Property(order => order.Status).IsConcurrencyToken();
        builder.HasIndex(order => order.Number).IsUnique();
        builder.HasIndex(order => new { order.UserId, order.Id });
        builder.HasIndex(order => new { order.UserId, order.CheckoutKey }).IsUnique();
        builder.HasIndex(order => new { order.Status, order.Id }); // the back office asks for the newest of a state
        builder.HasIndex(order => new { order.Status, order.PayBy }, "IX_Orders_AwaitingPayment").HasFilter("\"Status\" = 0"); // with the state as a column, or SQLite takes the one above and sorts all that wait
        builder.HasIndex(order => order.UserId, "IX_Orders_Unpaid").HasFilter("\"Status\" = 0"); // or all that wait would be gone through for one shopper's
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(order => order.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(order => order.Events).WithOne().HasForeignKey(entry => entry.OrderId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<OrderLine> builder)
    {
        builder.HasIndex(line => line.CourseId);
        builder.HasOne<Course>().WithMany().HasForeignKey(line => line.CourseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<OrderEvent> builder) => builder.HasIndex(entry => entry.OrderId);

    public void Configure(EntityTypeBuilder<OrderRefund> builder)
    {
        builder.Property(refund => refund.Status).IsConcurrencyToken();
        builder.HasIndex(refund => refund.Number).IsUnique();
        builder.HasIndex(refund => refund.OrderId);
        builder.HasIndex(refund => new { refund.Status, refund.Id });
        builder.HasOne<Order>().WithMany().HasForeignKey(refund => refund.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(refund => refund.Lines).WithOne().HasForeignKey(line => line.OrderRefundId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<OrderRefundLine> builder)
    {
        builder.HasIndex(line => line.OrderLineId, "IX_OrderRefundLines_Held").IsUnique().HasFilter("\"IsHeld\" = 1");
        builder.HasOne<OrderLine>().WithMany().HasForeignKey(line => line.OrderLineId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<LessonProgress> builder)
    {
        builder.HasIndex(opened => new { opened.UserId, opened.LessonId }).IsUnique();
        builder.HasIndex(opened => new { opened.UserId, opened.CourseId });
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(opened => opened.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Lesson>().WithMany().HasForeignKey(opened => opened.LessonId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Cart> builder)
    {
        builder.HasIndex(cart => cart.UserId).IsUnique();
        builder.HasIndex(cart => cart.GuestKey).IsUnique();
        builder.HasIndex(cart => cart.ChangedAt);
        builder.HasMany(cart => cart.Items).WithOne().HasForeignKey(item => item.CartId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(cart => cart.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CartItem> builder) => builder.HasIndex(item => new { item.CartId, item.CourseId }).IsUnique();

    public void Configure(EntityTypeBuilder<Enrollment> builder)
    {
        builder.HasIndex(grant => new { grant.UserId, grant.CourseId });
        builder.HasIndex(grant => grant.OrderLineId).IsUnique();
        builder.HasOne<Course>().WithMany().HasForeignKey(grant => grant.CourseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<OrderLine>().WithOne().HasForeignKey<Enrollment>(grant => grant.OrderLineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(grant => grant.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
