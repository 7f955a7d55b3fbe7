using CourseShop.Catalog;

namespace CourseShop.Data;

/// <summary>
/// A column of word vectors that the database computes itself, and a GIN index over it. Titles and teachers weigh A, all else D. A mark locks the entry's row
/// also where it stands already, so that who is about to make the entry anew waits for the change and sees it.
/// </summary>
internal sealed class PostgresSearchIndex : ISearchIndex
{
    /// <summary>A vector holds 1 MB at most: what a text has beyond this is not found.</summary>
    private const int LongestLessons = 50_000;
    private const int LongestDescription = 150_000;

    public IEnumerable<string> Build =>
    [
        $"""
        ALTER TABLE "CourseSearchEntries" ADD COLUMN IF NOT EXISTS "Words" tsvector GENERATED ALWAYS AS (
          setweight(to_tsvector('simple'::regconfig, "Title" || ' ' || "Teacher"), 'A')
            || to_tsvector('simple'::regconfig, left("Lessons", {LongestLessons}) || ' ' || left("Description", {LongestDescription}))) STORED
        """,
        """CREATE INDEX IF NOT EXISTS "IX_CourseSearchEntries_Words" ON "CourseSearchEntries" USING gin ("Words")""",
    ];

    public IEnumerable<string> Remove => ["""ALTER TABLE "CourseSearchEntries" DROP COLUMN IF EXISTS "Words" """];

    public IEnumerable<string> Mark(SearchMark mark) =>
    [
        $"""
        CREATE OR REPLACE FUNCTION "{mark.Name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO "StaleSearchEntries" ("CourseId") SELECT DISTINCT c."Id" FROM ({mark.Courses}) c("Id") WHERE c."Id" IS NOT NULL ORDER BY 1
          ON CONFLICT ("CourseId") DO UPDATE SET "CourseId" = EXCLUDED."CourseId";
          RETURN NULL;
        END $$
        """,
        $"CREATE TRIGGER \"{mark.Name}\" AFTER {mark.When} ON \"{mark.Table}\" FOR EACH ROW EXECUTE FUNCTION \"{mark.Name}\"()",
    ];

    public IEnumerable<string> Unmark(SearchMark mark) => [$"DROP TRIGGER IF EXISTS \"{mark.Name}\" ON \"{mark.Table}\"", $"DROP FUNCTION IF EXISTS \"{mark.Name}\"()"];

    public FormattableString Named(IReadOnlyList<SearchTerm> terms, int most) => Ask(terms, "A", most);

    public FormattableString Any(IReadOnlyList<SearchTerm> terms, int most) => Ask(terms, "", most);

    private static FormattableString Ask(IReadOnlyList<SearchTerm> terms, string weight, int most)
    {
        var question = string.Join(" & ", terms.Select(term => $"({string.Join(" <-> ", term.Tokens.Select((token, at) => Word(token, term.IsBeginning && at == term.Tokens.Count - 1, weight)))})"));
        return $"""SELECT "CourseId" AS "Value" FROM "CourseSearchEntries" WHERE "Words" @@ to_tsquery('simple'::regconfig, {question}) LIMIT {most}""";
    }

    /// <summary>Letters and digits in quotes, so that nothing typed is a sign of the index's own language.</summary>
    private static string Word(string token, bool isBeginning, string weight) => (isBeginning, weight.Length) switch
    {
        (false, 0) => $"'{token}'",
        _ => $"'{token}':{(isBeginning ? "*" : "")}{weight}",
    };
}
