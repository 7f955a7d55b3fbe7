using CourseShop.Catalog;

namespace CourseShop.Data;

/// <summary>FTS5, with triggers of its own that carry every change of an entry into it.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    private const string Columns = "\"Title\", \"Teacher\", \"Lessons\", \"Description\"";

    private static readonly (string Name, string When, string Body)[] Carriers =
    [
        ("SearchEntry_added", "INSERT", Put("NEW")),
        ("SearchEntry_removed", "DELETE", Take("OLD")),
        ("SearchEntry_changed", "UPDATE", Take("OLD") + Put("NEW")),
    ];

    public IEnumerable<string> Build => Carriers
        .SelectMany(carrier => new[] { $"DROP TRIGGER IF EXISTS \"{carrier.Name}\"", $"CREATE TRIGGER \"{carrier.Name}\" AFTER {carrier.When} ON \"CourseSearchEntries\" BEGIN {carrier.Body} END" })
        .Prepend($"CREATE VIRTUAL TABLE IF NOT EXISTS \"CourseIndex\" USING fts5({Columns}, content='CourseSearchEntries', content_rowid='CourseId', prefix='1', tokenize='unicode61')");

    public IEnumerable<string> Remove => Carriers.Select(carrier => $"DROP TRIGGER IF EXISTS \"{carrier.Name}\"").Append("DROP TABLE IF EXISTS \"CourseIndex\"");

    public IEnumerable<string> Mark(SearchMark mark) =>
        [$"CREATE TRIGGER \"{mark.Name}\" AFTER {mark.When} ON \"{mark.Table}\" BEGIN INSERT OR IGNORE INTO \"StaleSearchEntries\" (\"CourseId\") {mark.Courses}; END"];

    public IEnumerable<string> Unmark(SearchMark mark) => [$"DROP TRIGGER IF EXISTS \"{mark.Name}\""];

    public FormattableString Named(IReadOnlyList<SearchTerm> terms, int most) => Ask($"{{Title Teacher}} : ({Question(terms)})", most);

    public FormattableString Any(IReadOnlyList<SearchTerm> terms, int most) => Ask(Question(terms), most);

    private static FormattableString Ask(string question, int most) => $"""SELECT rowid AS "Value" FROM "CourseIndex" WHERE "CourseIndex" MATCH {question} LIMIT {most}""";

    /// <summary>Tokens are quoted letters and digits, so that nothing typed is a sign of the index's own language.</summary>
    private static string Question(IEnumerable<SearchTerm> terms) => string.Join(" AND ", terms.Select(term => $"\"{string.Join(' ', term.Tokens)}\"{(term.IsBeginning ? "*" : "")}"));

    private static string Put(string row) => $"INSERT INTO \"CourseIndex\" (rowid, {Columns}) VALUES ({row}.\"CourseId\", {Of(row)});";

    private static string Take(string row) => $"INSERT INTO \"CourseIndex\" (\"CourseIndex\", rowid, {Columns}) VALUES ('delete', {row}.\"CourseId\", {Of(row)});";

    private static string Of(string row) => $"{row}.\"Title\", {row}.\"Teacher\", {row}.\"Lessons\", {row}.\"Description\"";
}
