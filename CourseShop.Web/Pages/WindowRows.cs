using System.Data.Common;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Courses;
using CourseShop.Promotions;

namespace CourseShop.Pages;

/// <summary>
/// What the shop window is made of, read in plain SQL: it stands between a start and the first page, and EF would take longer to wake than the rest of the shop.
/// Chooses as <see cref="CourseScopes.Shown"/>, <see cref="CourseScopes.OnSale"/> and <see cref="PromotionScopes.RunningBy"/> do.
/// </summary>
/// <param name="Categories">Those that are shown, in order.</param>
/// <param name="Campaigns">Running, or from soon on.</param>
/// <param name="Courses">On sale, or from soon on, in the shop's own order; not priced yet.</param>
public sealed record WindowRows(IReadOnlyList<CategoryChoice> Categories, IReadOnlyList<Campaign> Campaigns, IReadOnlyList<WindowCourse> Courses)
{
    private const string Question = """
        SELECT "Id", "Slug", "Name", "Pitch" FROM "Categories" WHERE NOT "IsHidden" ORDER BY "Position";

        SELECT "Id", "Name", "Kind", "StartsAt", "EndsAt", "PayBasisPoints", "Reduction", "Tiers", "MinimumPrice" FROM "Campaigns"
        WHERE NOT "IsHidden" AND "StartsAt" <= @soon AND @now < "EndsAt" ORDER BY "Id";

        SELECT i."CampaignId", i."CourseId" FROM "CampaignCourses" AS i JOIN "Campaigns" AS c ON c."Id" = i."CampaignId"
        WHERE NOT c."IsHidden" AND c."StartsAt" <= @soon AND @now < c."EndsAt" ORDER BY i."CampaignId", i."CourseId";

        SELECT c."Id", c."Title", c."CoverPath", c."Level", c."LessonCount", c."Learners", t."Name",
               (SELECT a."Id" FROM "AccessTerms" AS a WHERE a."CourseId" = c."Id" AND NOT a."IsHidden" ORDER BY COALESCE(a."Days", 2147483647) DESC LIMIT 1),
               c."ListPrice", c."CategoryId", c."TeacherId", c."PublishedAt"
        FROM "Courses" AS c JOIN "Teachers" AS t ON t."Id" = c."TeacherId"
        WHERE NOT c."IsHidden" AND c."WithdrawnAt" IS NULL AND c."PublishedAt" <= @soon ORDER BY c."Position", c."Id";
        """;

    public static async Task<WindowRows> ReadAsync(ShopConnections connections, DateTimeOffset now, DateTimeOffset soon, CancellationToken stop)
    {
        await using var connection = await connections.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = Question;
        Give(command, "@now", now);
        Give(command, "@soon", soon);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var categories = await ListAsync(rows, row => new CategoryChoice(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3)), stop);
        await rows.NextResultAsync(stop);
        var campaigns = await ListAsync(rows, Campaign, stop);
        await rows.NextResultAsync(stop);
        var promoted = (await ListAsync(rows, row => (Campaign: row.GetInt64(0), Course: row.GetInt64(1)), stop)).ToLookup(pair => pair.Campaign, pair => pair.Course);
        await rows.NextResultAsync(stop);
        var courses = await ListAsync(rows, Course, stop);
        return new(categories, campaigns.ConvertAll(campaign => campaign.On(promoted[campaign.Id])), courses);
    }

    private static Campaign Campaign(DbDataReader row) => Promotions.Campaign.Kept(row.GetInt64(0), row.GetString(1), (CampaignKind)row.GetInt32(2), Instant(row, 3), Instant(row, 4))
        .Taking(row.GetInt32(5), Fen(row, 6), TiersToJson.Read(row.GetString(7)), Fen(row, 8));

    private static WindowCourse Course(DbDataReader row) => new(
        new CourseCard(row.GetInt64(0), row.GetString(1), row.GetString(2), (CourseLevel)row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetInt64(7), Fen(row, 8)),
        row.GetInt64(9), row.GetInt64(10), Instant(row, 11));

    private static Money Fen(DbDataReader row, int column) => new(row.GetInt64(column));

    private static DateTimeOffset Instant(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static void Give(DbCommand command, string name, DateTimeOffset instant)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = instant.ToUnixTimeMilliseconds();
        command.Parameters.Add(parameter);
    }

    private static async Task<List<T>> ListAsync<T>(DbDataReader rows, Func<DbDataReader, T> read, CancellationToken stop)
    {
        var list = new List<T>();
        while (await rows.ReadAsync(stop))
            list.Add(read(rows));
        return list;
    }
}
