using CourseShop.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CourseShop.Data.Mappings;

internal sealed class CourseMapping :
    IEntityTypeConfiguration<Category>, IEntityTypeConfiguration<Teacher>, IEntityTypeConfiguration<Course>,
    IEntityTypeConfiguration<Chapter>, IEntityTypeConfiguration<Lesson>, IEntityTypeConfiguration<AccessTerm>,
    IEntityTypeConfiguration<CourseSearchEntry>, IEntityTypeConfiguration<StaleSearchEntry>
{
    public void Configure(EntityTypeBuilder<Category> builder) => builder.HasIndex(category => category.Slug).IsUnique();

    public void Configure(EntityTypeBuilder<Teacher> builder) => builder.HasIndex(teacher => teacher.Slug).IsUnique();

    public void Configure(EntityTypeBuilder<Course> builder)
    {
        builder.HasIndex(course => course.Slug).IsUnique();
        builder.HasIndex(course => new { course.CategoryId, course.Position });
        builder.HasIndex(course => course.TeacherId);
        builder.HasIndex(course => course.PublishedAt);
        builder.HasIndex(course => course.Learners);
        builder.HasIndex(course => course.Position);
        builder.HasOne<Category>().WithMany().HasForeignKey(course => course.CategoryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Teacher>().WithMany().HasForeignKey(course => course.TeacherId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(course => course.Terms).WithOne().HasForeignKey(term => term.CourseId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(course => course.Chapters).WithOne().HasForeignKey(chapter => chapter.CourseId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(course => course.ShownTerm);
    }

    public void Configure(EntityTypeBuilder<Chapter> builder) =>
        builder.HasMany(chapter => chapter.Lessons).WithOne().HasForeignKey(lesson => lesson.ChapterId).OnDelete(DeleteBehavior.Restrict);

    public void Configure(EntityTypeBuilder<Lesson> builder) => builder.Property(lesson => lesson.Title);

    public void Configure(EntityTypeBuilder<AccessTerm> builder) => builder.Property(term => term.Price);

    public void Configure(EntityTypeBuilder<CourseSearchEntry> builder)
    {
        builder.HasKey(entry => entry.CourseId);
        builder.Property(entry => entry.CourseId).ValueGeneratedNever();
    }

    /// <summary>Written by the database's triggers.</summary>
    public void Configure(EntityTypeBuilder<StaleSearchEntry> builder)
    {
        builder.HasKey(stale => stale.CourseId);
        builder.Property(stale => stale.CourseId).ValueGeneratedNever();
    }
}
