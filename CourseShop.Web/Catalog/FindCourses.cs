using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Catalog;

/// <summary>What a search found.</summary>
/// <param name="Named">In whose title or teacher's name every word stands.</param>
/// <param name="All">These, and those whose lessons or description have the words.</param>
public sealed record FoundCourses(IReadOnlySet<long> Named, IReadOnlySet<long> All)
{
    public static FoundCourses None { get; } = new(new HashSet<long>(), new HashSet<long>());
}

/// <summary>Courses by name, teacher, lesson and description. Looks no further than a bounded number, so that a word of every course costs no more than a rare one.</summary>
public sealed class FindCourses(Lazy<ShopDb> database, IndexCourses index)
{
    /// <summary>More are not looked for.</summary>
    public const int Most = 2_000;

    public async Task<FoundCourses> RunAsync(string typed, CancellationToken stop)
    {
        var terms = SearchText.Read(typed);
        if (terms.Count == 0)
            return FoundCourses.None;
        var db = database.Value;
        if (await db.StaleSearchEntries.AnyAsync(stop))
            await index.RunAsync(stop);
        var search = db.Dialect.Search;
        var named = await AskAsync(db, search.Named(terms, Most), stop);
        var all = named.Count >= Most ? named : [.. named, .. await AskAsync(db, search.Any(terms, Most), stop)];
        return new FoundCourses(named, all);
    }

    private static async Task<HashSet<long>> AskAsync(ShopDb db, FormattableString question, CancellationToken stop) => [.. await db.Database.SqlQuery<long>(question).ToListAsync(stop)];
}
