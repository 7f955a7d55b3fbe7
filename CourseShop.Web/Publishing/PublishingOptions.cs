namespace CourseShop.Publishing;

/// <summary>The section <c>Publishing</c> of the settings.</summary>
public sealed class PublishingOptions
{
    /// <summary>Megabytes of pictures that one author may keep.</summary>
    public int PictureMegabytesPerAuthor { get; set; } = 200;

    /// <summary>Comments that one person may leave in a minute.</summary>
    public int CommentsPerMinute { get; set; } = 6;
}
