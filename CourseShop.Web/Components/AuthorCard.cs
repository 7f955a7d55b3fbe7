namespace CourseShop.Components;

/// <summary>An author as readers see them.</summary>
/// <param name="Supporters">How many people have tipped their articles.</param>
public sealed record AuthorCard(long Id, string Name, string Motto, int Articles, int Words, int Likes, int Followers, int Supporters);
