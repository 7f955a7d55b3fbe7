using CourseShop.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class AccountMapping : IEntityTypeConfiguration<ShopUser>, IEntityTypeConfiguration<SignInSession>
{
    /// <summary>Identity's own index on the address, made unique: one address, one account.</summary>
    public void Configure(EntityTypeBuilder<ShopUser> builder) =>
        builder.HasIndex(user => user.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();

    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.HasIndex(session => session.Key).IsUnique();
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
