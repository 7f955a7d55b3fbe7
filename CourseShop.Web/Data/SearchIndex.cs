using CourseShop.Catalog;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>
/// SQLite's word index (FTS5) over the search entries, and the triggers that keep it right: an entry that changes changes the index, and whatever
/// changes in a course, its teacher, chapters or lessons marks the entry as stale, whoever changes it.
/// </summary>
public static class SearchIndex
{
    private const string Columns = "\"Title\", \"Teacher\", \"Lessons\", \"Description\"";

    public static readonly IReadOnlyList<(string Name, string When, string Body)> Triggers =
    [
        ("SearchEntry_added", "AFTER INSERT ON \"CourseSearchEntries\"", Put("NEW")),
        ("SearchEntry_removed", "AFTER DELETE ON \"CourseSearchEntries\"", Take("OLD")),
        ("SearchEntry_changed", "AFTER UPDATE ON \"CourseSearchEntries\"", Take("OLD") + Put("NEW")),
        ("Course_added_to_search", "AFTER INSERT ON \"Courses\"", Stale("VALUES (NEW.\"Id\")")),
        ("Course_changed_in_search", "AFTER UPDATE OF \"Title\", \"Pitch\", \"Description\", \"TeacherId\" ON \"Courses\"", Stale("VALUES (NEW.\"Id\")")),
        ("Teacher_changed_in_search", "AFTER UPDATE OF \"Name\" ON \"Teachers\"", Stale("SELECT \"Id\" FROM \"Courses\" WHERE \"TeacherId\" = NEW.\"Id\"")),
        ("Chapter_changed_in_search", "AFTER UPDATE OF \"Title\", \"IsHidden\", \"CourseId\" ON \"Chapters\"", Stale("VALUES (OLD.\"CourseId\"), (NEW.\"CourseId\")")),
        ("Chapter_removed_from_search", "AFTER DELETE ON \"Chapters\"", Stale("VALUES (OLD.\"CourseId\")")),
        ("Lesson_added_to_search", "AFTER INSERT ON \"Lessons\"", Stale("SELECT \"CourseId\" FROM \"Chapters\" WHERE \"Id\" = NEW.\"ChapterId\"")),
        ("Lesson_changed_in_search", "AFTER UPDATE OF \"Title\", \"IsHidden\", \"ChapterId\" ON \"Lessons\"", Stale("SELECT \"CourseId\" FROM \"Chapters\" WHERE \"Id\" IN (OLD.\"ChapterId\", NEW.\"ChapterId\")")),
        ("Lesson_removed_from_search", "AFTER DELETE ON \"Lessons\"", Stale("SELECT \"CourseId\" FROM \"Chapters\" WHERE \"Id\" = OLD.\"ChapterId\"")),
    ];

    /// <summary>For the migration that brings the index, and for any later one that rebuilds one of these tables, as SQLite does for many a change: its triggers go with the old one.</summary>
    public static void Build(MigrationBuilder migration)
    {
        migration.Sql($"CREATE VIRTUAL TABLE IF NOT EXISTS \"CourseIndex\" USING fts5({Columns}, content='CourseSearchEntries', content_rowid='CourseId', prefix='1', tokenize='unicode61')");
        foreach (var (name, when, body) in Triggers)
        {
            migration.Sql($"DROP TRIGGER IF EXISTS \"{name}\"");
            migration.Sql($"CREATE TRIGGER \"{name}\" {when} BEGIN {body} END");
        }

        migration.Sql("INSERT OR IGNORE INTO \"StaleSearchEntries\" (\"CourseId\") SELECT \"Id\" FROM \"Courses\"");
    }

    public static void Remove(MigrationBuilder migration)
    {
        foreach (var (name, _, _) in Triggers)
            migration.Sql($"DROP TRIGGER IF EXISTS \"{name}\"");
        migration.Sql("DROP TABLE IF EXISTS \"CourseIndex\"");
    }

    /// <summary>A question to the index. Tokens are quoted letters and digits, so that nothing typed is a sign of the index's own language.</summary>
    public static string Question(IEnumerable<SearchTerm> terms, params ReadOnlySpan<string> columns)
    {
        var words = string.Join(" AND ", terms.Select(term => $"\"{string.Join(' ', term.Tokens)}\"{(term.IsBeginning ? "*" : "")}"));
        return columns.Length == 0 ? words : $"{{{string.Join(' ', columns)}}} : ({words})";
    }

    private static string Put(string row) => $"INSERT INTO \"CourseIndex\" (rowid, {Columns}) VALUES ({row}.\"CourseId\", {Of(row)});";

    private static string Take(string row) => $"INSERT INTO \"CourseIndex\" (\"CourseIndex\", rowid, {Columns}) VALUES ('delete', {row}.\"CourseId\", {Of(row)});";

    private static string Of(string row) => $"{row}.\"Title\", {row}.\"Teacher\", {row}.\"Lessons\", {row}.\"Description\"";

    private static string Stale(string courses) => $"INSERT OR IGNORE INTO \"StaleSearchEntries\" (\"CourseId\") {courses};";
}
