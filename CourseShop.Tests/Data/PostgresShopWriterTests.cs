using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CourseShop.Tests.Data;

/// <summary>What SQLite's one writer gives for nothing, and PostgreSQL's many must earn: each of these was lost without its turn, token or index.</summary>
public sealed class PostgresShopWriterTests : IDisposable
{
    private readonly PostgresShopHost? _open = PostgresServer.WhyMissing is null ? new PostgresShopHost() : null;

    private PostgresShopHost Shop => _open!;

    public void Dispose() => _open?.Dispose();

    [PostgresFact]
    public async Task Of_many_orders_of_one_course_at_once_one_is_made()
    {
        var (user, course) = (await Shop.UserIdAsync("shopper"), await Shop.PlainCourseAsync());

        var placed = await AtOnceAsync(12, _ => PlaceAsync(user, course));

        Assert.Single(placed.Select(order => order.Value!.Number).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await Shop.ReadAsync(db => db.Orders.CountAsync()));
        await Shop.AssertHoldAsync();
    }

    [PostgresFact]
    public async Task Credits_spent_in_many_orders_at_once_never_fall_below_zero()
    {
        var user = await Shop.UserIdAsync("second"); // has 500
        var courses = await Task.WhenAll(Enumerable.Range(0, 8).Select(skip => Shop.PlainCourseAsync(skip, 20)));

        await AtOnceAsync(courses.Length, turn => PlaceAsync(user, courses[turn], credits: 200));

        Assert.InRange(await Shop.CreditsAsync(user), 0, 300);
        await Shop.AssertHoldAsync();
    }

    [PostgresFact]
    public async Task Two_units_on_one_concurrency_token_both_happen()
    {
        var coupon = await Shop.ReadAsync(db => db.Coupons.Select(one => one.Id).FirstAsync());
        var had = await Shop.ReadAsync(db => db.Coupons.Where(one => one.Id == coupon).Select(one => one.IssuedCount).SingleAsync());
        var people = await Shop.ReadAsync(db => db.Users.Select(user => user.Id).Take(6).ToListAsync());

        await AtOnceAsync(people.Count, turn => Shop.Service<ShopWriter>().RunAsync(async (db, stop) =>
        {
            var one = await db.Coupons.SingleAsync(one => one.Id == coupon, stop); // without its turn: the token alone
            if (one.IssueTo(people[turn], 0, Shop.Clock.Now).Value is { } issued)
                db.Add(issued);
            return await db.SaveChangesAsync(stop);
        }, CancellationToken.None));

        var (count, rows) = await Shop.ReadAsync(async db => (await db.Coupons.Where(one => one.Id == coupon).Select(one => one.IssuedCount).SingleAsync(), await db.IssuedCoupons.CountAsync(issued => issued.CouponId == coupon)));
        Assert.Equal(rows, count);
        Assert.True(count > had, "somebody got one");
    }

    [PostgresFact]
    public async Task A_cart_that_many_requests_fill_at_once_holds_everything()
    {
        var owner = new CartOwner(null, new string('a', 32));
        var courses = await Task.WhenAll(Enumerable.Range(0, 10).Select(skip => Shop.PlainCourseAsync(skip, 1)));

        await AtOnceAsync(courses.Length, turn => Shop.InScopeAsync<AddToCart, Outcome<Done>>(add => add.RunAsync(owner, courses[turn], null, CancellationToken.None)));
        await AtOnceAsync(4, async turn =>
        {
            await Shop.InScopeAsync<AdoptGuestCart, bool>(async adopt =>
            {
                await adopt.RunAsync(owner.GuestKey!, await Shop.UserIdAsync(turn % 2 == 0 ? "shopper" : "second"), CancellationToken.None);
                return true;
            });
            return true;
        });

        Assert.Equal(courses.Order(), await Shop.ReadAsync(db => db.CartItems.Select(item => item.CourseId).OrderBy(id => id).ToListAsync()));
    }

    [PostgresFact]
    public async Task Wrong_passwords_sent_at_once_are_counted_one_by_one()
    {
        var person = Shop.NewShopper();
        var page = await person.GetAsync("/account/sign-in");

        await AtOnceAsync(SignInRules.WrongPasswordsAllowed, _ => person.SubmitAsync(page, "form:has(input[type=password])", Refunding.Fields("Name", "shopper", "Password", "wrong password")));

        Assert.True(await Shop.ReadAsync(db => db.Users.AnyAsync(user => user.UserName == "shopper" && user.LockoutEnd != null)), "the account is locked");
    }

    [PostgresFact]
    public async Task Of_many_administrators_at_once_one_name_is_made()
    {
        await Shop.WriteAsync(async db => db.UserRoles.RemoveRange(await db.UserRoles.ToListAsync()));

        var made = await AtOnceAsync(6, turn => Shop.InScopeAsync<MakeAdministrator, Outcome<string>>(make => make.RunAsync(UserName.Read($"boss{turn % 2}").Value!, CancellationToken.None)));

        Assert.Contains(made, one => one.Refusal is null);
        Assert.Equal(1, await Shop.ReadAsync(db => db.Roles.CountAsync(role => role.Name == Roles.Admin)));
        Assert.InRange(await Shop.ReadAsync(db => db.Users.CountAsync(user => user.UserName!.StartsWith("boss"))), 1, 2);
    }

    [PostgresFact]
    public async Task What_a_unit_means_is_thrown_and_leaves_nothing()
    {
        var user = await Shop.UserIdAsync("shopper");
        Task<int> Twice() => Shop.Service<ShopWriter>().RunAsync(async (db, stop) =>
        {
            db.Add(new CreditEntry(user, 1, CreditKind.Granted, "one", null, Shop.Clock.Now));
            db.Add(new CreditEntry(user, 1, CreditKind.Granted, "one", null, Shop.Clock.Now));
            return await db.SaveChangesAsync(stop);
        }, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<DbUpdateException>(Twice);

        Assert.True(((NpgsqlException)refused.InnerException!).IsDuplicate());
        Assert.Equal(0, await Shop.ReadAsync(db => db.CreditEntries.CountAsync(entry => entry.ReasonKey == "one")));
    }

    [PostgresTheory]
    [InlineData("UPDATE \"CreditEntries\" SET \"Amount\" = 1")]
    [InlineData("DELETE FROM \"CreditEntries\"")]
    [InlineData("TRUNCATE \"OrderEvents\"")]
    public async Task History_can_not_be_rewritten(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Shop.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("are never", refused.MessageText, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("DROP TRIGGER \"CreditEntries_not_changed\" ON \"CreditEntries\"", "CreditEntries_not_changed")]
    [InlineData("ALTER TABLE \"OrderEvents\" DISABLE TRIGGER \"OrderEvents_not_removed\"", "OrderEvents_not_removed")]
    [InlineData("CREATE OR REPLACE FUNCTION ledger_rows_stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "ledger_rows_stay")]
    public async Task Protection_that_is_gone_or_changed_is_found(string sql, string name)
    {
        await Shop.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));

        Assert.Equal([("12.5", name)], (await Shop.CheckAsync()).Broken.Select(finding => (finding.Rule.Number, finding.Subject)));
    }

    [PostgresFact]
    public async Task Texts_that_PostgreSQL_refuses_are_mended_on_their_way()
    {
        var user = await Shop.UserIdAsync("shopper");

        await Shop.WriteAsync(db =>
        {
            db.Add(new CreditEntry(user, 1, CreditKind.Granted, "nul \0 half \uD800", null, Shop.Clock.Now));
            return Task.CompletedTask;
        });

        Assert.Equal(1, await Shop.ReadAsync(db => db.CreditEntries.CountAsync(entry => entry.ReasonKey == "nul \uFFFD half \uFFFD")));
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> work) => Task.WhenAll(Enumerable.Range(0, count).Select(turn => Task.Run(() => work(turn))));

    private async Task<Outcome<PlacedOrder>> PlaceAsync(long user, long course, int credits = 0)
    {
        var (selection, choices) = (new CheckoutSelection(course, null), new CheckoutChoices(null, credits));
        var view = await Shop.InScopeAsync<QuoteCart, CheckoutView>(quote => quote.RunAsync(user, selection, choices, CancellationToken.None));
        return await Shop.InScopeAsync<PlaceOrder, Outcome<PlacedOrder>>(place => place.RunAsync(user, new(selection, choices, view.Quote.Total, view.Quote.Lines.Count, Guid.NewGuid().ToString("N")), CancellationToken.None));
    }
}
