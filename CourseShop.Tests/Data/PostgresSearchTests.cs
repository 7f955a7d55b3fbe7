using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CourseShop.Tests.Data;

/// <summary>PostgreSQL's word index where it differs from SQLite's: many write at once.</summary>
public sealed class PostgresSearchTests : IDisposable
{
    private readonly PostgresShopHost? _shop = PostgresServer.WhyMissing is null ? new() : null;

    public void Dispose() => _shop?.Dispose();

    [PostgresFact]
    public async Task A_change_that_commits_while_entries_are_made_is_found()
    {
        await _shop!.WriteAsync(db => Retitle(db, "犀牛初版")); // marked as stale
        await using var connection = new NpgsqlConnection(_shop.Books);
        await connection.OpenAsync();
        await using var change = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("UPDATE \"Courses\" SET \"Title\" = '犀牛再版' WHERE \"Id\" = 1", connection, change);
        await command.ExecuteNonQueryAsync();

        var indexing = Task.Run(() => _shop.Service<IndexCourses>().RunAsync(CancellationToken.None));
        await SomebodyWaitsAsync();
        await change.CommitAsync();
        await indexing;

        Assert.Equal([1], (await FindAsync("再版")).Named);
        Assert.Empty((await FindAsync("初版")).All);
    }

    [PostgresFact]
    public async Task Many_searches_after_a_change_make_the_entries_once_and_find_it_all()
    {
        await _shop!.WriteAsync(db => Retitle(db, "螃蟹的横行"));

        var found = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => FindAsync("螃蟹")));

        Assert.All(found, one => Assert.Equal([1], one.Named));
        Assert.False(await _shop.ReadAsync(db => db.StaleSearchEntries.AnyAsync()));
        Assert.Equal(await _shop.ReadAsync(db => db.Courses.CountAsync()), await _shop.ReadAsync(db => db.CourseSearchEntries.CountAsync()));
    }

    [PostgresFact]
    public async Task One_character_and_signs_of_the_index_itself_are_only_words()
    {
        await _shop!.WriteAsync(db => Retitle(db, "C++ 与 鼹鼠 100%"));

        Assert.Equal([1], (await FindAsync("鼹")).Named);
        Assert.Equal([1], (await FindAsync("c++")).Named);
        Assert.Equal([1], (await FindAsync("鼹鼠 & ! | <-> :* '")).Named);
        Assert.Empty((await FindAsync("鼠鼹")).All);
    }

    [PostgresFact]
    public async Task The_index_answers_from_its_gin()
    {
        var plan = await _shop!.ReadAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off");
            return await db.Database.SqlQueryRaw<string>("EXPLAIN SELECT \"CourseId\" FROM \"CourseSearchEntries\" WHERE \"Words\" @@ to_tsquery('simple'::regconfig, '''数据''')").ToListAsync();
        });

        Assert.Contains(plan, line => line.Contains("IX_CourseSearchEntries_Words", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Big_shops_to_measure_with_are_made_on_sqlite() =>
        Assert.Contains("migrate-to-postgres", (await Assert.ThrowsAsync<WrongSettingException>(() =>
            _shop!.InScopeAsync<SeedOrders, bool>(async seed =>
            {
                await seed.RunAsync(new SeedSize(10, 0, 0), _ => { }, CancellationToken.None);
                return true;
            }))).Message, StringComparison.Ordinal);

    private static Task Retitle(ShopDb db, string title) => db.Courses.Where(course => course.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(course => course.Title, title));

    private Task<FoundCourses> FindAsync(string typed) => _shop!.InScopeAsync<FindCourses, FoundCourses>(find => find.RunAsync(typed, CancellationToken.None));

    private Task SomebodyWaitsAsync() => Patience.UntilAsync("nobody waits for the change", () =>
        _shop!.ReadAsync(db => db.Database.SqlQueryRaw<bool>("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync()));
}
