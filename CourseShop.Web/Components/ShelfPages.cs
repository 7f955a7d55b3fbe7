namespace CourseShop.Components;

/// <summary>Which page of how many a shelf is.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Last">The last one's number.</param>
/// <param name="Link">The address of a page.</param>
public sealed record ShelfPages(int Page, int Last, Func<int, string> Link);
