using System.Globalization;
using CourseShop.Ordering;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace CourseShop.Tests.Operations;

/// <summary>The real program is killed while people buy. COURSESHOP_KILLS=n kills it n times instead of five.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Usual = 5;
    private const int CustomersAtOnce = 4;
    private const int MostOrdersOfOne = 60;

    private readonly ShopFolder _folder = new();
    private readonly int _port = ShopProgram.FreePort();
    private readonly Random _random = new(Environment.TickCount);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_at_any_moment()
    {
        ShopHost.StockTo(_folder.Path);
        var courses = await ShopFile.ReadAsync(_folder.Path, db => db.Courses.Select(course => course.Id).ToListAsync());
        var kills = int.TryParse(Environment.GetEnvironmentVariable("COURSESHOP_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Usual;
        var (customers, gone) = (new List<Customer>(), new List<Customer>());
        var program = await OpenAsync();
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                gone.AddRange(customers.Where(customer => customer.Placed.Count > MostOrdersOfOne));
                customers.RemoveAll(gone.Contains);
                while (customers.Count < CustomersAtOnce)
                    customers.Add(new Customer(await EnterAsync(program, gone.Count + customers.Count), courses, new Random(_random.Next())));

                await BuyUntilKilledAsync(program, customers);
                program.Dispose();
                program = await OpenAsync();
                await AssertAllIsThereAsync([.. customers, .. gone]);
            }

            foreach (var number in customers.Concat(gone).SelectMany(customer => customer.Paid))
                await ShopFile.MoneyArrivesAsync(_folder.Path, number);
            await AssertAllIsThereAsync([.. customers, .. gone]);
        }
        finally
        {
            program.Dispose();
        }

        output.WriteLine($"{kills} kills, {customers.Concat(gone).Sum(customer => customer.Placed.Count)} orders, {customers.Concat(gone).Sum(customer => customer.Paid.Count)} paid");
        Assert.Contains(customers.Concat(gone), customer => customer.Paid.Count > 0);
    }

    private Task<ShopProgram> OpenAsync() => ShopProgram.OpenAsync(_folder.Path, _port, new KeyValuePair<string, string?>("Simulator:Speed", "60"));

    /// <summary>The first two hold coupons and credits; the others are new here.</summary>
    private static async Task<Shopper> EnterAsync(ShopProgram program, int index)
    {
        var person = program.NewShopper();
        if (index < 2)
            await person.SignInAsync(index == 0 ? "shopper" : "second");
        else
            await person.SignUpAsync();
        return person;
    }

    /// <summary>After some purchases, in the midst of others.</summary>
    private async Task BuyUntilKilledAsync(ShopProgram program, List<Customer> customers)
    {
        var left = _random.Next(3, 25);
        var isTime = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var buying = Task.WhenAll(customers.Select(customer => customer.BuyAsync(program, () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                isTime.SetResult();
        })));
        await Task.WhenAny(isTime.Task, buying); // who fails earlier is heard below
        await Task.Delay(_random.Next(60));
        program.Kill();
        await buying;
    }

    private Task AssertAllIsThereAsync(IReadOnlyList<Customer> customers) => ShopFile.ReadAsync(_folder.Path, async db =>
    {
        Assert.Empty(await MoneyInvariants.BrokenAsync(db, TimeProvider.System));
        foreach (var customer in customers)
            Assert.Empty(await customer.MissingAsync(db));
        return true;
    });
}
