using CourseShop.Accounts;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class WalletMapping : IEntityTypeConfiguration<WalletEntry>, IEntityTypeConfiguration<TopUp>, IEntityTypeConfiguration<Withdrawal>, IEntityTypeConfiguration<Tip>
{
    public void Configure(EntityTypeBuilder<WalletEntry> builder)
    {
        builder.HasIndex(entry => entry.ReasonKey).IsUnique();
        builder.HasIndex(entry => new { entry.UserId, entry.Id });
        builder.HasIndex(entry => entry.Reference);
        builder.HasIndex(entry => entry.At);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(entry => entry.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TopUp> builder)
    {
        builder.HasIndex(topUp => topUp.Number).IsUnique();
        builder.HasIndex(topUp => new { topUp.UserId, topUp.FormKey }).IsUnique();
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(topUp => topUp.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Withdrawal> builder)
    {
        builder.Property(withdrawal => withdrawal.Status).IsConcurrencyToken();
        builder.HasIndex(withdrawal => withdrawal.Number).IsUnique();
        builder.HasIndex(withdrawal => new { withdrawal.UserId, withdrawal.FormKey }).IsUnique();
        builder.HasIndex(withdrawal => new { withdrawal.Status, withdrawal.Id });
        builder.HasIndex(withdrawal => new { withdrawal.UserId, withdrawal.RequestedAt });
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(withdrawal => withdrawal.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Tip> builder)
    {
        builder.Ignore(tip => tip.ForAuthor);
        builder.HasIndex(tip => tip.Number).IsUnique();
        builder.HasIndex(tip => new { tip.UserId, tip.FormKey }).IsUnique();
        builder.HasIndex(tip => new { tip.ArticleId, tip.PaidAt });
        builder.HasIndex(tip => new { tip.AuthorId, tip.PaidAt });
        builder.HasIndex(tip => tip.RefundNumber).HasFilter("\"RefundNumber\" IS NOT NULL");
        builder.HasOne<Article>().WithMany().HasForeignKey(tip => tip.ArticleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(tip => tip.AuthorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(tip => tip.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
