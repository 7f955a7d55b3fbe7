namespace CourseShop.Components;

/// <summary>An author as readers see them.</summary>
public sealed record AuthorCard(long Id, string Name, string Motto, int Articles, int Words, int Likes, int Followers);
