using CourseShop.Publishing;

namespace CourseShop.Components;

/// <summary>An article as a list shows it.</summary>
public sealed record ArticleCard(
    long Id, string Title, string Summary, string? CoverPath, long AuthorId, string Author, DateTimeOffset? PublishedAt, int Words, int Reads, int Likes, int Comments, ArticleStatus Status);
