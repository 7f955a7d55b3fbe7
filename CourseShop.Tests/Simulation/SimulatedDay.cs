using System.Globalization;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>Whose order, by which number.</summary>
internal sealed record KnownOrder(string Number, long UserId);

/// <summary>What a test plants to see that it is found.</summary>
/// <param name="Change">Replaces a part of the shop.</param>
/// <param name="Step">Something that happens besides.</param>
/// <param name="ForgetsRefunds">The gateway moves money each time it is asked.</param>
/// <param name="IsOnPostgres">Whatever the suite runs on.</param>
internal sealed record PlantedFault(Action<IServiceCollection>? Change = null, Step? Step = null, bool ForgetsRefunds = false, bool IsOnPostgres = false);

/// <summary>A day that went well.</summary>
/// <param name="Processes">How many served at once.</param>
/// <param name="Orders">How many were placed.</param>
/// <param name="Seen">What happened to them.</param>
/// <param name="Story">All of it.</param>
internal sealed record PlayedDay(int Processes, int Orders, IReadOnlyList<OrderEventKind> Seen, IReadOnlyList<string> Story);

/// <summary>
/// A day in a shop, in which everything that may happen happens at once, in an order that one number decides: what begins, what goes on,
/// which answer comes or gets lost, what fails, and when a process crashes. Afterwards, and now and then meanwhile, everything must be right.
/// </summary>
internal sealed partial class SimulatedDay : IDisposable
{
    private const int Looks = 7;
    private const int MostAtOnce = 7;

    private readonly int _seed;
    private readonly PlantedFault? _fault;
    private readonly SimulatedDatabase _database;
    private readonly Complaints _complaints = new();
    private readonly History _history = new();
    private readonly List<ShopProcess> _processes = [];
    private readonly List<(string Name, ShopProcess Process, Task Task)> _going = [];
    private readonly IReadOnlyList<Step> _steps;
    private readonly Dictionary<string, string?> _settings;
    private readonly List<long> _users;
    private readonly List<long> _courses;
    private ShopProcess? _held;
    private int _keys;

    public SimulatedDay(int seed, PlantedFault? fault = null)
    {
        (_seed, _fault) = (seed, fault);
        Random = new Random(seed);
        _database = SimulatedDatabase.Stocked(PostgresServer.IsUsual || fault is { IsOnPostgres: true });
        Gateway = new SimulatedGateway(Clock, Story) { ForgetsRefunds = fault?.ForgetsRefunds ?? false };
        _steps = fault?.Step is { } step ? [.. Step.All, step] : Step.All;
        _settings = new(StringComparer.Ordinal) { ["Pricing:AllowCouponWithCredits"] = Random.Next(2) == 0 ? "true" : "false" };
        for (var processes = Random.Next(1, 3); processes > 0; processes--)
            _processes.Add(NewProcess());
        _users = Read(db => db.Users.Select(user => user.Id).OrderBy(id => id).ToListAsync());
        _courses = Read(db => db.Courses.Select(course => course.Id).OrderBy(id => id).ToListAsync());
    }

    public Random Random { get; }
    public SimulatedClock Clock { get; } = new();
    public SimulatedGateway Gateway { get; }
    public Promises Promises { get; } = new();
    public Story Story { get; } = new();

    /// <summary>Payment pages that buyers hold.</summary>
    public List<PaymentPage> Pages { get; } = [];

    /// <summary>Everything, to its end. Throws with the story's end when something is wrong.</summary>
    public PlayedDay Play()
    {
        try
        {
            for (var turn = 1; turn <= _database.TurnsOfADay; turn++)
            {
                TakeTurn();
                if (turn % (_database.TurnsOfADay / Looks) == 0)
                    Look();
            }

            ComeToAnEnd();
            return new PlayedDay(_processes.Count, Read(db => db.Orders.CountAsync()), Read(db => db.OrderEvents.Select(step => step.Kind).Distinct().ToListAsync()), Story.Lines);
        }
        catch (Exception failure)
        {
            throw new SimulationException(_seed, Story, failure);
        }
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Crash());
        _database.Dispose();
    }

    public T Read<T>(Func<ShopDb, Task<T>> read) => _processes[0].Read(read);

    public ShopProcess AnyProcess() => _held ?? _processes[Random.Next(_processes.Count)];

    public long AnyUser() => _users[Random.Next(_users.Count)];

    public long AnyCourse() => _courses[Random.Next(_courses.Count)];

    public string NextKey() => string.Create(CultureInfo.InvariantCulture, $"form-{_keys++:000000}");

    /// <summary>One of the last: they are what is going on.</summary>
    public KnownOrder? AnyOrder()
    {
        var orders = Read(db => db.Orders.OrderByDescending(order => order.Id).Take(6).Select(order => new KnownOrder(order.Number, order.UserId)).ToListAsync());
        return orders.Count == 0 ? null : orders[Random.Next(orders.Count)];
    }

    /// <summary>Mostly one of the last.</summary>
    public PaymentPage? AnyPage() => Pages.Count == 0 ? null : Pages[Random.Next(Random.Next(6) == 0 ? 0 : Math.Max(0, Pages.Count - 5), Pages.Count)];

    /// <summary>Begins something in one of the processes.</summary>
    public void Start(string name, Func<IServiceProvider, Task> work)
    {
        var process = AnyProcess();
        Story.Tell(name);
        _going.Add((name, process, process.Start(work)));
    }

    /// <summary>One process is gone, and another one takes its place.</summary>
    public void Crash()
    {
        if (_held is not null)
            return;
        var index = Random.Next(_processes.Count);
        var gone = _processes[index];
        gone.Crash();
        Gateway.Forget(gone, Random);
        Story.Tell($"process {index} crashes during: {string.Join(", ", _going.Where(going => going.Process == gone).Select(going => going.Name))}");
        _going.RemoveAll(going => going.Process == gone);
        _processes[index] = NewProcess();
        Look();
    }

    private ShopProcess NewProcess() => new(_database, Random, Clock, Gateway, _complaints, _settings, _fault?.Change);

    private void TakeTurn()
    {
        var roll = Random.Next(100);
        if (roll < 4)
            HoldAnyProcess();
        else if (roll < 45 && _going.Count < MostAtOnce)
            BeginSomething();
        else
            GoOn();
        NoteWhatEnded();
    }

    private void BeginSomething()
    {
        var roll = Random.Next(_steps.Sum(step => step.Weight));
        _steps.First(step => (roll -= step.Weight) < 0).Take(this);
    }

    /// <summary>What happens in one process meanwhile comes to its writer together.</summary>
    private void HoldAnyProcess()
    {
        _held = AnyProcess();
        _held.Hold(() =>
        {
            for (var times = Random.Next(2, 7); times > 0; times--)
            {
                if (_held.IsReady)
                    _held.GoOn(Random);
                else if (_going.Count < MostAtOnce)
                    BeginSomething();
            }
        });
        _held = null;
    }

    private void GoOn()
    {
        _database.Settle();
        var ready = _processes.Where(process => process.IsReady).ToList();
        if (ready.Count > 0 && (!Gateway.IsCalled || Random.Next(3) > 0))
            ready[Random.Next(ready.Count)].GoOn(Random);
        else if (Gateway.IsCalled)
            Gateway.GoOn(Random);
        else if (_going.Count > 0)
            Clock.RingNext(); // then nothing else can happen
    }

    private void NoteWhatEnded()
    {
        foreach (var going in _going.Where(going => going.Task.IsCompleted).ToList())
        {
            _going.Remove(going);
            if (going.Task.Exception is not { } failure)
                continue;
            if (!SimulatedFault.IsIn(failure.InnerException))
                throw new InvalidOperationException($"'{going.Name}' failed: {failure.InnerException}", failure);
            Story.Tell($"  '{going.Name}' met the failing database");
        }

        if (_complaints.Lines.Count > 0)
            throw new InvalidOperationException($"The shop complains: {string.Join('\n', _complaints.Lines)}");
    }

    private void Look() => Require(
    [
        .. Read(db => MoneyInvariants.BrokenAsync(db, Clock)),
        .. Read(Promises.BrokenAsync),
        .. Read(_history.BrokenAsync),
    ]);

    private static void Require(IReadOnlyList<string> broken)
    {
        if (broken.Count > 0)
            throw new InvalidOperationException(string.Join('\n', broken));
    }
}
