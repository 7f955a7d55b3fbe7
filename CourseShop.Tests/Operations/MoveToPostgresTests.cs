using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Operations;

/// <summary>A shop in which everything has happened moves from its file into PostgreSQL.</summary>
public sealed class MoveToPostgresTests(SqliteLivelyShop lively) : IClassFixture<SqliteLivelyShop>, IDisposable
{
    private readonly ShopFolder _folder = new();
    private readonly string? _target = PostgresServer.WhyMissing is null ? PostgresServer.NewDatabase() : null;

    public void Dispose()
    {
        _folder.Dispose();
        if (_target is not null)
            PostgresServer.Drop(_target);
    }

    [PostgresFact]
    public async Task Everything_arrives_and_the_shop_goes_on_there()
    {
        var file = Books();
        var seen = new List<MoveProgress>();

        using var shop = Target();
        var rows = await shop.MoveAsync(file, seen.Add);

        Assert.Equal((rows, rows), (seen.Where(now => !now.IsCompared).Max(now => now.Done), seen[^1].Done));
        Assert.Equal(await CountsAsync(lively.Shop.Open(file)), await shop.ReadAsync(CountsAsync));
        Assert.Empty(await shop.ReadAsync(db => MoneyInvariants.BrokenAsync(db, TimeProvider.System)));
        Assert.NotEmpty((await shop.InScopeAsync(services => services.GetRequiredService<FindCourses>().RunAsync("数据", CancellationToken.None))).Named);
        var next = await shop.WriteAsync(async (db, stop) =>
        {
            var entry = new CreditEntry(await db.Users.Select(user => user.Id).FirstAsync(stop), 1, CreditKind.Granted, "after the move", null, DateTimeOffset.UtcNow);
            db.Add(entry);
            await db.SaveChangesAsync(stop);
            return entry.Id;
        });
        Assert.Equal(await shop.ReadAsync(db => db.CreditEntries.MaxAsync(entry => entry.Id)), next);
    }

    [PostgresFact]
    public async Task A_database_that_holds_a_shop_is_left_alone()
    {
        using var full = new PostgresShopHost();
        var before = await full.FingerprintAsync();
        using var shop = new BareShop(_folder.Path, full.Database["ConnectionStrings:Shop"]!);

        var refused = await Assert.ThrowsAsync<WrongSettingException>(() => shop.MoveAsync(Books()));

        Assert.Contains("holds a shop already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await full.FingerprintAsync());
    }

    [PostgresFact]
    public async Task After_a_move_that_was_cut_off_nothing_opens_and_the_next_one_begins_anew()
    {
        var file = Books();
        using var shop = Target();
        using var cut = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shop.MoveAsync(file, now =>
        {
            if (now.Done == 200)
                cut.Cancel();
        }, cut.Token));
        var closed = await Assert.ThrowsAsync<WrongSettingException>(() => shop.InScopeAsync(services => services.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None)));
        var rows = await shop.MoveAsync(file);

        Assert.Contains("was not finished", closed.Message, StringComparison.Ordinal);
        Assert.True(rows > 200);
        Assert.Empty(await shop.ReadAsync(db => MoneyInvariants.BrokenAsync(db, TimeProvider.System)));
    }

    [PostgresFact]
    public async Task A_shop_whose_books_are_broken_is_not_moved()
    {
        var file = Books();
        await Tampering.TamperAsync(file, lively.Shop.Named("UPDATE \"Orders\" SET \"PaidAt\" = NULL WHERE \"Number\" = '<paid>'"));

        using var shop = Target();
        var refused = await Assert.ThrowsAsync<WrongSettingException>(() => shop.MoveAsync(file));

        Assert.Contains("run check on it", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_shop_that_sells_meanwhile_is_told_to_stop()
    {
        var file = Books();
        using var shop = Target();
        var isSold = false;

        var refused = await Assert.ThrowsAsync<WrongSettingException>(() => shop.MoveAsync(file, now =>
        {
            if (now.IsCompared && !isSold)
                Tampering.ExecuteAsync(file, "UPDATE \"Courses\" SET \"Learners\" = \"Learners\" + 1").GetAwaiter().GetResult();
            isSold |= now.IsCompared;
        }));

        Assert.True(refused.Message.Contains("stop the shop", StringComparison.Ordinal) || refused.Message.Contains("arrived otherwise", StringComparison.Ordinal), refused.Message);
    }

    private string Books() => lively.Shop.CopyTo(_folder.Path);

    private BareShop Target() => new(_folder.Path, _target!);

    /// <summary>Every table's rows, but what is made anew there.</summary>
    private static async Task<List<string>> CountsAsync(ShopDb db)
    {
        var counts = new List<string>();
        foreach (var table in db.Model.GetRelationalModel().Tables.Select(table => table.Name).Except(SearchIndex.Tables).Where(table => table != "ProtectionKeys").Order(StringComparer.Ordinal))
        {
#pragma warning disable EF1002 // the names are the model's own
            counts.Add($"{table}: {(await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").ToListAsync()).Single()}");
#pragma warning restore EF1002
        }

        return counts;
    }
}
