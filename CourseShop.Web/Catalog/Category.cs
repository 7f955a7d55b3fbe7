namespace CourseShop.Catalog;

/// <summary>分类: a direction of learning.</summary>
public sealed class Category(string slug, string name, string pitch, int position)
{
    public long Id { get; private set; }
    public string Slug { get; private set; } = slug;
    public string Name { get; private set; } = name;
    public string Pitch { get; private set; } = pitch;
    public int Position { get; private set; } = position;
    public bool IsHidden { get; private set; }
}
