using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Messaging;
using CourseShop.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class PublishingMapping :
    IEntityTypeConfiguration<Article>, IEntityTypeConfiguration<ArticleCourse>, IEntityTypeConfiguration<Notebook>, IEntityTypeConfiguration<ArticleLike>,
    IEntityTypeConfiguration<ArticleRead>, IEntityTypeConfiguration<Comment>, IEntityTypeConfiguration<AuthorFollow>, IEntityTypeConfiguration<ArticlePicture>, IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Article> builder)
    {
        builder.Property(article => article.Version).IsConcurrencyToken();
        builder.Ignore(article => article.IsPublished);
        builder.Ignore(article => article.ObstacleToPublishing);
        builder.HasIndex(article => new { article.AuthorId, article.DraftKey }).IsUnique();
        builder.HasIndex(article => new { article.AuthorId, article.Status, article.PublishedAt });
        builder.HasIndex(article => new { article.Status, article.PublishedAt });
        builder.HasIndex(article => new { article.Status, article.Heat });
        builder.HasIndex(article => article.NotebookId);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(article => article.AuthorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Notebook>().WithMany().HasForeignKey(article => article.NotebookId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(article => article.Courses).WithOne().HasForeignKey(named => named.ArticleId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ArticleCourse> builder)
    {
        builder.HasKey(named => new { named.ArticleId, named.CourseId });
        builder.HasIndex(named => named.CourseId);
        builder.HasOne<Course>().WithMany().HasForeignKey(named => named.CourseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Notebook> builder)
    {
        builder.HasIndex(notebook => new { notebook.AuthorId, notebook.Name }).IsUnique();
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(notebook => notebook.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ArticleLike> builder)
    {
        builder.HasIndex(like => new { like.ArticleId, like.UserId }).IsUnique();
        builder.HasIndex(like => like.UserId);
        builder.HasOne<Article>().WithMany().HasForeignKey(like => like.ArticleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(like => like.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ArticleRead> builder)
    {
        builder.HasIndex(read => new { read.ArticleId, read.Day, read.Mark }).IsUnique();
        builder.HasIndex(read => read.Day);
        builder.HasOne<Article>().WithMany().HasForeignKey(read => read.ArticleId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.Ignore(comment => comment.IsShown);
        builder.HasIndex(comment => new { comment.UserId, comment.Key }).IsUnique();
        builder.HasIndex(comment => new { comment.UserId, comment.At });
        builder.HasIndex(comment => new { comment.ArticleId, comment.ParentId, comment.Id });
        builder.HasOne<Article>().WithMany().HasForeignKey(comment => comment.ArticleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Comment>().WithMany().HasForeignKey(comment => comment.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(comment => comment.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AuthorFollow> builder)
    {
        builder.HasIndex(follow => new { follow.AuthorId, follow.FollowerId }).IsUnique();
        builder.HasIndex(follow => follow.FollowerId);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(follow => follow.AuthorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(follow => follow.FollowerId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ArticlePicture> builder)
    {
        builder.Ignore(picture => picture.Address);
        builder.HasIndex(picture => picture.Name).IsUnique();
        builder.HasIndex(picture => new { picture.AuthorId, picture.Id });
        builder.HasIndex(picture => picture.UploadedAt, "IX_ArticlePictures_Begun").HasFilter("\"IsStored\" = 0");
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(picture => picture.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.Property(notice => notice.Arguments).HasConversion(new TextsToJson(), TextsToJson.Comparer);
        builder.HasIndex(notice => new { notice.UserId, notice.Key }).IsUnique();
        builder.HasIndex(notice => new { notice.UserId, notice.Id });
        builder.HasIndex(notice => notice.UserId, "IX_Notices_Unseen").HasFilter("\"SeenAt\" IS NULL");
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(notice => notice.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
