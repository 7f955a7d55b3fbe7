using CourseShop.Common;

namespace CourseShop.Publishing;

/// <summary>What an author's form says. Read, it is clean, and short enough or refused.</summary>
/// <param name="Id">Null for an article that was never saved.</param>
/// <param name="Key">Of the form: sent twice, it makes one article.</param>
/// <param name="Version">Of the article that the form was made from.</param>
/// <param name="NotebookId">One that is there; passed over where a new one is named.</param>
/// <param name="NewNotebook">The name of one to be made; empty for none.</param>
/// <param name="Courses">Titles of courses that the article speaks of.</param>
public sealed record ArticleEdit(long? Id, string Key, int Version, string Title, string Text, long? NotebookId, string NewNotebook, IReadOnlyList<string> Courses)
{
    public const int MostCourses = 3;
    private const int TooLong = 1_000;

    public ArticleEdit Cleaned() => this with
    {
        Title = WrittenText.Line(Title, TooLong),
        Text = WrittenText.Lines(Text),
        NewNotebook = WrittenText.Line(NewNotebook, TooLong),
        Courses = [.. Courses.Select(title => WrittenText.Line(title, TooLong)).Where(title => title.Length > 0).Distinct(StringComparer.Ordinal)],
    };

    public Refusal? Obstacle => this switch
    {
        { Key.Length: 0 or > 64 } => new("页面可能放得太久了。请返回上一页，刷新后再试一次。"),
        { Title.Length: > Article.LongestTitle } => new("标题最多 {0} 个字", Article.LongestTitle),
        { Text.Length: > Article.LongestText } => new("正文最多 {0} 个字", Article.LongestText),
        { NewNotebook.Length: > Notebook.LongestName } => new("文集的名字最多 {0} 个字", Notebook.LongestName),
        { Courses.Count: > MostCourses } => new("最多写 {0} 门相关课程", MostCourses),
        _ => null,
    };
}
