namespace CourseShop.Pages.Articles;

/// <summary>关注 on an author's card.</summary>
public sealed record FollowButton(long AuthorId, string Action, bool Follows, bool IsSignedIn, string SignIn);

/// <summary>A form for a comment, with what was refused.</summary>
public sealed record CommentPlace(string Article, long? AnswerTo, string? Text);

/// <summary>A comment in its place on the page.</summary>
public sealed record CommentView(CommentRow Comment, string Article, ArticleModel Page, string? Refused);
