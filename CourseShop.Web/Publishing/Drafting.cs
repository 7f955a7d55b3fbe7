using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Writes an author's form into their article: what saving and publishing share.</summary>
internal static class Drafting
{
    private const int MostNotebooks = 50;

    /// <summary>Null when no such article is the author's. What was changed in another window meanwhile is not written over.</summary>
    public static async Task<Outcome<Article>?> RewriteAsync(this ShopDb unit, long authorId, ArticleEdit form, DateTimeOffset now, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(authorId), stop);
        var edit = form.Cleaned();
        if (edit.Obstacle is { } obstacle)
            return obstacle;
        var mine = unit.Articles.WrittenBy(authorId).Include(article => article.Courses);
        var article = edit.Id is { } id ? await mine.SingleOrDefaultAsync(article => article.Id == id, stop) : await mine.SingleOrDefaultAsync(article => article.DraftKey == edit.Key, stop);
        if (article is null && edit.Id is not null)
            return null;
        if (article is not null && article.Version != edit.Version)
            return article.Title == edit.Title && article.Text == edit.Text ? article : new Refusal("这篇文章刚刚在别的窗口改过，您的文字还在下面，没有保存");

        var courses = await unit.Courses.OnSale(now).Where(course => edit.Courses.Contains(course.Title)).Select(course => new { course.Id, course.Title }).ToListAsync(stop);
        if (edit.Courses.Except(courses.Select(course => course.Title), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return new Refusal("没有找到课程“{0}”", unknown);
        var notebook = await unit.NotebookAsync(authorId, edit, now, stop);
        if (notebook.Refusal is { } why)
            return why;
        if (article is null)
            unit.Add(article = new Article(authorId, edit.Key, now));
        article.Rewrite(edit.Title, edit.Text, notebook.Value!.Id, courses.Select(course => course.Id), now);
        return article;
    }

    private static async Task<Outcome<NotebookChoice>> NotebookAsync(this ShopDb unit, long authorId, ArticleEdit edit, DateTimeOffset now, CancellationToken stop)
    {
        var mine = unit.Notebooks.Where(notebook => notebook.AuthorId == authorId);
        if (edit.NewNotebook.Length == 0)
            return new NotebookChoice(await mine.Where(notebook => notebook.Id == edit.NotebookId).Select(notebook => (long?)notebook.Id).SingleOrDefaultAsync(stop));
        if (await mine.SingleOrDefaultAsync(notebook => notebook.Name == edit.NewNotebook, stop) is { } known)
            return new NotebookChoice(known.Id);
        if (await mine.CountAsync(stop) >= MostNotebooks)
            return new Refusal("最多建 {0} 个文集", MostNotebooks);
        var made = new Notebook(authorId, edit.NewNotebook, now);
        unit.Add(made);
        await unit.SaveChangesAsync(stop);
        return new NotebookChoice(made.Id);
    }

    private sealed record NotebookChoice(long? Id);
}
