using CourseShop.Accounts;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class PromotionMapping :
    IEntityTypeConfiguration<Campaign>, IEntityTypeConfiguration<CampaignCourse>, IEntityTypeConfiguration<Coupon>,
    IEntityTypeConfiguration<IssuedCoupon>, IEntityTypeConfiguration<CreditEntry>
{
    public void Configure(EntityTypeBuilder<Campaign> builder)
    {
        builder.HasIndex(campaign => new { campaign.EndsAt, campaign.StartsAt });
        builder.Property(campaign => campaign.Tiers).HasConversion(new TiersToJson(), TiersToJson.Comparer);
        builder.HasMany(campaign => campaign.Courses).WithOne().HasForeignKey(course => course.CampaignId);
    }

    public void Configure(EntityTypeBuilder<CampaignCourse> builder)
    {
        builder.HasKey(course => new { course.CampaignId, course.CourseId });
        builder.HasIndex(course => course.CourseId);
    }

    public void Configure(EntityTypeBuilder<Coupon> builder)
    {
        builder.Property(coupon => coupon.ScopeIds).HasConversion(new IdsToJson(), IdsToJson.Comparer);
        builder.Property(coupon => coupon.IssuedCount).IsConcurrencyToken();
        builder.HasIndex(coupon => coupon.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IssuedCoupon> builder)
    {
        builder.Property(issued => issued.Status).IsConcurrencyToken();
        builder.HasIndex(issued => new { issued.UserId, issued.Status, issued.ExpiresAt });
        builder.HasIndex(issued => issued.OrderNumber).IsUnique();
        builder.HasOne(issued => issued.Coupon).WithMany().HasForeignKey(issued => issued.CouponId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(issued => issued.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CreditEntry> builder)
    {
        builder.HasIndex(entry => entry.ReasonKey).IsUnique();
        builder.HasIndex(entry => new { entry.UserId, entry.Id });
        builder.HasIndex(entry => entry.OrderNumber).HasFilter("\"OrderNumber\" IS NOT NULL");
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(entry => entry.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
