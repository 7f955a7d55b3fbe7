namespace CourseShop.Common;

/// <summary>Names the resource with every sentence that a person reads: the Chinese text is the key.</summary>
public sealed class Words;
