using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Articles;

/// <summary>An article as it is kept, beside what the form says.</summary>
public sealed record StoredArticle(long Id, string Title, string Text, long? NotebookId, int Version, ArticleStatus Status, string? WithdrawReason, DateTimeOffset ChangedAt);

/// <summary>The writing desk: a draft is saved, shown, given pictures, published. Whatever is refused, what was typed stays on the page.</summary>
[RequestSizeLimit(WriteModel.LargestForm)]
[RequestFormLimits(MultipartBodyLengthLimit = WriteModel.LargestForm)]
public sealed class WriteModel(ShopDb db, CurrentShopper shopper, SaveArticle save, PublishArticle publish, UploadPicture upload, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    /// <summary>Room for a photo as it comes from a phone, so that a sentence says that it is too large, and not a broken connection.</summary>
    public const int LargestForm = 16 << 20;

    public WriteForm Form { get; private set; } = new();
    public StoredArticle? Stored { get; private set; }
    public IReadOnlyList<NotebookChoice> Notebooks { get; private set; } = [];
    public IReadOnlyList<string> Courses { get; private set; } = [];

    /// <summary>What is kept has changed since the form was made.</summary>
    public bool IsOverlapping => Stored is { } stored && stored.Version != Form.Version;

    /// <summary>What the form says is not kept yet.</summary>
    public bool IsUnsaved { get; private set; }

    public string Path => Stored is { } stored ? $"/articles/write/{stored.Id}" : "/articles/write";
    public int WordCount => MarkdownText.CountWords(MarkdownText.Plain(Form.Text ?? ""));

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken stop)
    {
        if (!await LoadAsync(id, stop))
            return NotFound();
        Form = new() { Key = ArticleModel.NewKey() };
        if (Stored is { } stored)
        {
            var named = await db.ArticleCourses.Where(about => about.ArticleId == stored.Id).Join(db.Courses, about => about.CourseId, course => course.Id, (_, course) => course.Title).ToArrayAsync(stop);
            Form = new() { Key = Form.Key, Version = stored.Version, Title = stored.Title, Text = stored.Text, Notebook = stored.NotebookId, Courses = named };
        }

        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long? id, WriteForm form, CancellationToken stop) =>
        await DoneAsync(id, form, await save.RunAsync(shopper.Id, form.Edit(id), stop), article => ($"/articles/write/{article.Id}", words["已保存"]), stop);

    public async Task<IActionResult> OnPostPublishAsync(long? id, WriteForm form, CancellationToken stop) =>
        await DoneAsync(id, form, await publish.RunAsync(shopper.Id, form.Edit(id), stop), article => ($"/articles/{article.Id}", words["文章已发布"]), stop);

    /// <summary>Shows what the text will look like; nothing is kept.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(long? id, WriteForm form, CancellationToken stop) => await AgainAsync(id, form, stop);

    /// <summary>Takes a picture in and writes it into the text, where the cursor stood.</summary>
    public async Task<IActionResult> OnPostPictureAsync(long? id, WriteForm form, IFormFile? picture, CancellationToken stop)
    {
        var taken = await upload.RunAsync(shopper.Id, await ReadAsync(picture, stop), stop);
        if (taken.Refusal is { } why)
            ModelState.AddModelError("", words.Say(why));
        else
            form = form.WithPicture(taken.Value!.Address);
        return await AgainAsync(id, form, stop);
    }

    private async Task<IActionResult> DoneAsync(long? id, WriteForm form, Outcome<Article>? done, Func<Article, (string Path, string Word)> next, CancellationToken stop)
    {
        if (done is null)
            return NotFound();
        if (done.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            return await AgainAsync(id, form, stop);
        }

        var (path, word) = next(done.Value!);
        TempData["Flash"] = word;
        return Redirect(path);
    }

    private async Task<IActionResult> AgainAsync(long? id, WriteForm form, CancellationToken stop)
    {
        if (!await LoadAsync(id ?? await IdOfAsync(form.Key, stop), stop))
            return NotFound();
        (Form, IsUnsaved) = (form with { Key = form.Key is { Length: > 0 } key ? key : ArticleModel.NewKey() }, true);
        return Page();
    }

    /// <summary>A form for a new article may have been sent before.</summary>
    private async Task<long?> IdOfAsync(string? key, CancellationToken stop) =>
        await db.Articles.WrittenBy(shopper.Id).Where(article => article.DraftKey == key).Select(article => (long?)article.Id).SingleOrDefaultAsync(stop);

    private async Task<bool> LoadAsync(long? id, CancellationToken stop)
    {
        if (id is not null)
        {
            Stored = await db.Articles.WrittenBy(shopper.Id).Where(article => article.Id == id)
                .Select(article => new StoredArticle(article.Id, article.Title, article.Text, article.NotebookId, article.Version, article.Status, article.WithdrawReason, article.ChangedAt)).SingleOrDefaultAsync(stop);
            if (Stored is null)
                return false;
        }

        Notebooks = await db.Notebooks.Where(notebook => notebook.AuthorId == shopper.Id).OrderBy(notebook => notebook.Name).Select(notebook => new NotebookChoice(notebook.Id, notebook.Name)).ToListAsync(stop);
        Courses = await db.Courses.OnSale(clock.GetUtcNow()).OrderBy(course => course.Position).Select(course => course.Title).Take(300).ToListAsync(stop);
        return true;
    }

    private static async Task<byte[]> ReadAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null)
            return [];
        if (file.Length > PictureFile.MostBytes)
            return new byte[PictureFile.MostBytes + 1]; // refused by its size
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }
}

public sealed record NotebookChoice(long Id, string Name);

/// <summary>What the writing desk's form carries.</summary>
public sealed record WriteForm
{
    public string? Key { get; init; }
    public int Version { get; init; }
    public string? Title { get; init; }
    public string? Text { get; init; }
    public long? Notebook { get; init; }
    public string? NewNotebook { get; init; }
    public string[]? Courses { get; init; }

    /// <summary>Where in the text the cursor stood; the script tells it.</summary>
    public int? Cursor { get; init; }

    public ArticleEdit Edit(long? id) => new(id, Key ?? "", Version, Title ?? "", Text ?? "", Notebook, NewNotebook ?? "", (Courses ?? []).Select(title => title ?? "").ToList());

    public WriteForm WithPicture(string address)
    {
        var text = (Text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
        var at = Cursor is { } cursor && cursor >= 0 && cursor <= text.Length ? cursor : text.Length;
        if (at > 0 && at < text.Length && char.IsLowSurrogate(text[at]))
            at--;
        var before = text[..at].TrimEnd('\n');
        return this with { Text = $"{before}{(before.Length > 0 ? "\n\n" : "")}![]({address})\n\n{text[at..].TrimStart('\n')}" };
    }
}
