using CourseShop.Data;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Data;

public sealed class ShopWriterTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [SqliteFact]
    public async Task The_database_writes_ahead_and_durably()
    {
        var journal = await _shop.ReadAsync(db => db.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync());
        var synchronous = await _shop.Service<ShopWriter>().RunAsync((db, stop) => db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(stop), CancellationToken.None);

        Assert.Equal(["wal"], journal);
        Assert.Equal(2, synchronous);
    }

    [Fact]
    public async Task Of_many_units_at_once_exactly_the_failing_ones_leave_nothing_behind()
    {
        var userId = await _shop.UserIdAsync("shopper");

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(async turn =>
        {
            try
            {
                await _shop.Service<ShopWriter>().RunAsync(async (db, stop) =>
                {
                    db.Add(new CreditEntry(userId, 1, CreditKind.Granted, $"turn:{turn}", null, _shop.Clock.Now));
                    await db.SaveChangesAsync(stop);
                    return turn % 10 == 0 ? throw new InvalidOperationException("every tenth") : turn;
                }, CancellationToken.None);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }));

        Assert.Equal(90, results.Count(isDone => isDone));
        Assert.Equal(90, await _shop.ReadAsync(db => db.CreditEntries.CountAsync(entry => entry.ReasonKey.StartsWith("turn:"))));
        await _shop.AssertHoldAsync(); // nor a gap in the ledger's numbers
    }

    [SqliteFact]
    public async Task Another_process_that_holds_the_database_for_a_moment_costs_nobody_anything()
    {
        var path = await _shop.ReadAsync(db => Task.FromResult(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource));
        await using var other = new SqliteConnection($"Data Source={path};Pooling=False");
        await other.OpenAsync();
        var held = other.BeginTransaction(deferred: false);
        var userId = await _shop.UserIdAsync("shopper");

        var waiting = Task.WhenAll(Enumerable.Range(0, 20).Select(turn => _shop.WriteAsync(db =>
        {
            db.Add(new CreditEntry(userId, 1, CreditKind.Granted, $"held:{turn}", null, _shop.Clock.Now));
            return Task.CompletedTask;
        })));
        var readers = await _shop.ReadAsync(db => db.Courses.CountAsync());
        await held.RollbackAsync();
        await waiting;

        Assert.Equal(48, readers);
        Assert.Equal(20, await _shop.ReadAsync(db => db.CreditEntries.CountAsync(entry => entry.ReasonKey.StartsWith("held:"))));
    }
}
