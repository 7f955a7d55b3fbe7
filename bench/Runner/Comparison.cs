using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CourseShop.Bench;

/// <summary>The shop and its limits, started side by side on copies of one database, and how a row is measured: in pairs, one after the other.</summary>
internal sealed class Comparison : IDisposable
{
    private readonly Workshop _workshop;
    private readonly string _seeded;
    private readonly bool _isQuick;
    private readonly List<Server> _servers = [];
    private readonly Lazy<Server> _shop;
    private readonly Lazy<Server> _page;
    private readonly Dictionary<string, Server> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Machine _machine;
    private string _folder = "";
    private string? _startFolder;

    public Comparison(Workshop workshop, string seeded, bool isQuick)
    {
        (_workshop, _seeded, _isQuick) = (workshop, seeded, isQuick);
        _machine = new Machine(_servers);
        _shop = new(() => Kept(StartShop("shop")));
        _page = new(StartPage);
    }

    /// <summary>How many pairs: the median of fewer would say little.</summary>
    public int Pairs => _isQuick ? 3 : 5;

    public double Seconds => _isQuick ? 1 : 3;

    public int Forms => 1_500;

    public Workshop Workshop => _workshop;

    public string Seeded => _seeded;

    public Server Shop => _shop.Value;

    /// <summary>Bytes of the shop's course list, from memory.</summary>
    public Server Page => _page.Value;

    /// <summary>The shop's data folder.</summary>
    public string Folder
    {
        get
        {
            _ = Shop;
            return _folder;
        }
    }

    /// <summary>A copy of its own for starts, so that none waits for the other's lock.</summary>
    public string StartFolder => _startFolder ??= PrepareStart();

    public double Others() => _machine.OthersSinceThen();

    public IEnumerable<ReportRow> Measure(string row) => row switch
    {
        "list" => PageRows.List(this),
        "uncached" => PageRows.Uncached(this),
        "signed-in" => PageRows.SignedIn(this),
        "course" => PageRows.Course(this),
        "search" => PageRows.Search(this),
        "orders" => PageRows.Orders(this),
        "office" => PageRows.Office(this),
        "cart" => FormRows.Cart(this),
        "checkout" => FormRows.Checkout(this),
        "notify" => FormRows.Notify(this),
        "sweep" => SweepRow.Measure(this),
        "start" => StartRows.Start(this),
        "memory" => StartRows.Memory(this),
        _ => StartRows.Weight(this),
    };

    /// <summary>Limit and shop in turn; the ratio is that of each pair.</summary>
    public (double Limit, double Shop, double Ratio, double Others) Compare(Func<double> limit, Func<double> shop)
    {
        limit();
        WarmUp(shop);
        _machine.OthersSinceThen();
        var pairs = Enumerable.Range(0, Pairs).Select(_ => (Limit: limit(), Shop: shop())).ToList();
        return (Report.Median(pairs.Select(pair => pair.Limit)), Report.Median(pairs.Select(pair => pair.Shop)), Report.Median(pairs.Select(pair => pair.Shop / pair.Limit)), _machine.OthersSinceThen());
    }

    /// <summary>What runs often is compiled again and better while it runs: measured is what a shop is that has been open for a while.</summary>
    private static void WarmUp(Func<double> shop)
    {
        const int mostTries = 6;
        var before = shop();
        for (var tries = 0; tries < mostTries; tries++)
        {
            var now = shop();
            if (Math.Abs(now - before) < before * 0.05)
                return;
            before = now;
        }
    }

    /// <summary>The writer that does nothing but write the rows: `ef` or `sql`.</summary>
    public Server Writer(string kind)
    {
        if (!_writers.TryGetValue(kind, out var writer))
        {
            var folder = _workshop.Copy(_seeded, kind);
            _writers[kind] = writer = Kept(Server.Start(_workshop.Limits, "/page", new Dictionary<string, string>(StringComparer.Ordinal),
                "--page", PageFile(), "--writer", kind, "--database", Path.Combine(folder, "shop.db"), "--key", _workshop.AlipayPublicKey));
        }

        return writer;
    }

    /// <summary>The next lines of a file of forms, sent to one server; none is sent twice to the same.</summary>
    public Load Send(Server to, string path, string file, int connections, string wanted, int? count = null)
    {
        var key = $"{to.ProcessId} {file}";
        var from = _sent.GetValueOrDefault(key);
        _sent[key] = from + (count ?? Forms);
        return Load.OfForms(to.At(path), connections, file, from, count ?? Forms, wanted);
    }

    public Server StartShop(string name, IReadOnlyDictionary<string, string>? more = null, Action<SqliteConnection>? prepare = null)
    {
        var folder = _workshop.Copy(_seeded, name);
        if (name == "shop")
            _folder = folder;
        using (var books = Books.Open(Path.Combine(folder, "shop.db")))
        {
            Leave(books);
            prepare?.Invoke(books);
        }

        var settings = _workshop.Settings(folder);
        settings["Ordering:SweepEvery"] = "1.00:00:00";
        foreach (var (key, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal))
            settings[key] = value;
        var shop = Server.Start(_workshop.Shop, "/courses", settings);
        CalmDown(shop);
        return shop;
    }

    public Server Kept(Server server)
    {
        _servers.Add(server);
        return server;
    }

    /// <summary>After all that was written, the shop's own check of its books.</summary>
    public string Check()
    {
        if (!_shop.IsValueCreated)
            return "";
        Shop.Dispose();
        return "`check` over what was measured: " + _workshop.Run(_workshop.Shop, _workshop.Settings(_folder), "check").Split('\n')[0];
    }

    public void Dispose() => _servers.ForEach(server => server.Dispose());

    /// <summary>What waits has time.</summary>
    private static void Leave(SqliteConnection books)
    {
        var late = DateTimeOffset.UtcNow.AddDays(2).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        Books.Run(books, $"UPDATE Orders SET PayBy = {late} WHERE Status = 0");
        Books.Run(books, $"UPDATE Payments SET PayBy = {late} WHERE Status IN (0, 1) AND PurposeNumber IN (SELECT Number FROM Orders WHERE Status = 0)");
    }

    /// <summary>What a shop does after its start (the watchdog looks at the books), or after a load (what runs often is compiled better), is over.</summary>
    public static void CalmDown(Server shop)
    {
        Thread.Sleep(TimeSpan.FromSeconds(6)); // the watchdog begins some seconds after the start: before, a shop looks calm that is not
        for (var (before, tries) = (-100L, 0); tries < 300; tries++)
        {
            var now = Machine.Ticks(shop.ProcessId);
            if (now - before < 4)
                return;
            before = now;
            Thread.Sleep(400); // another process works: what it uses of the CPU is all that tells when it is done
        }
    }

    private string PrepareStart()
    {
        StartShop("start").Dispose();
        return Path.Combine(_workshop.Folder, "copies", "start");
    }

    private Server StartPage() => Kept(Server.Start(_workshop.Limits, "/page", new Dictionary<string, string>(StringComparer.Ordinal), "--page", PageFile()));

    private string PageFile()
    {
        var file = Path.Combine(_workshop.Folder, "page.html");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        File.WriteAllBytes(file, client.GetByteArrayAsync(Shop.At("/courses")).GetAwaiter().GetResult());
        return file;
    }
}
