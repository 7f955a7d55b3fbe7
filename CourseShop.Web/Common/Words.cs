namespace CourseShop.Common;

/// <summary>Names the resource with the shop's English: every sentence a person reads has its Chinese text as the key.</summary>
public sealed class Words;
