using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace CourseShop.Bench;

/// <summary>What is built and made before anything is measured; kept in `bench/.work` for the next time.</summary>
internal sealed class Workshop
{
    public const string AppId = "2021000199900001";
    public const string SellerId = "2088621990000011";

    private readonly int _orders;
    private readonly int _opened;
    private readonly int _overdue;

    public Workshop(int orders, int opened, int overdue)
    {
        (_orders, _opened, _overdue) = (orders, opened, overdue);
        Root = FindRoot();
        Folder = Path.Combine(Root, "bench", ".work");
        Directory.CreateDirectory(Path.Combine(Folder, "keys"));
    }

    public string Root { get; }

    public string Folder { get; }

    public string Shop => Path.Combine(Folder, "shop", "CourseShop.Web");

    public string Limits => Path.Combine(Folder, "limits", "Limits");

    public string AlipayPublicKey => Path.Combine(Folder, "keys", "alipay_public_key.pem");

    /// <summary>The shop as an operator would start it: in Production, with Alipay's public key; Alipay itself is played by whoever holds the private one.</summary>
    public Dictionary<string, string> Settings(string dataFolder) => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Shop:PublicUrl"] = "https://shop.example.com",
        ["Shop:DataFolder"] = dataFolder,
        ["Alipay:Mode"] = "PublicKey",
        ["Alipay:AppId"] = AppId,
        ["Alipay:SellerId"] = SellerId,
        ["Alipay:GatewayUrl"] = "https://127.0.0.1:1/gateway.do",
        ["Alipay:AppPrivateKeyPath"] = Path.Combine(Folder, "keys", "app_private_key.pem"),
        ["Alipay:AlipayPublicKeyPath"] = AlipayPublicKey,
    };

    public void Build()
    {
        Run("dotnet", "publish", Path.Combine(Root, "CourseShop.Web"), "-c", "Release", "-o", Path.GetDirectoryName(Shop)!);
        Run("dotnet", "publish", Path.Combine(Root, "bench", "Limits"), "-c", "Release", "-o", Path.GetDirectoryName(Limits)!);
    }

    public RSA AlipayKey()
    {
        var path = Path.Combine(Folder, "keys", "alipay_private_key.pem");
        if (!File.Exists(path))
        {
            using var app = RSA.Create(2048);
            using var alipay = RSA.Create(2048);
            Keep(Path.Combine(Folder, "keys", "app_private_key.pem"), app.ExportPkcs8PrivateKeyPem());
            Keep(AlipayPublicKey, alipay.ExportSubjectPublicKeyInfoPem());
            Keep(path, alipay.ExportPkcs8PrivateKeyPem());
        }

        var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    /// <summary>A shop's data folder with that many orders in it; the same one is made once.</summary>
    public string Seeded()
    {
        var model = File.ReadAllText(Directory.GetFiles(Path.Combine(Root, "CourseShop.Web", "Data", "Migrations", "Sqlite"), "*Snapshot.cs").Single())
            + File.ReadAllText(Path.Combine(Root, "CourseShop.Web", "Data", "SeedOrders.cs"));
        var name = string.Create(CultureInfo.InvariantCulture, $"{_orders}-{_opened}-{_overdue}-{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(model)))[..8]}");
        var folder = Path.Combine(Folder, "seeded", name);
        if (File.Exists(Path.Combine(folder, "done")))
            return folder;
        Directory.CreateDirectory(folder);
        var settings = Settings(folder);
        settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        var since = Stopwatch.GetTimestamp();
        Run(Shop, settings, "seed", "--orders", Text(_orders), "--opened", Text(_opened), "--overdue", Text(_overdue));
        File.WriteAllText(Path.Combine(folder, "done"), "");
        Console.Error.WriteLine($"{_orders:N0} orders seeded in {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s, {new FileInfo(Path.Combine(folder, "shop.db")).Length / 1048576.0 / _orders * 1048576:N0} bytes each");
        return folder;
    }

    /// <summary>A copy to work on.</summary>
    public string Copy(string seeded, string name)
    {
        var folder = Path.Combine(Folder, "copies", name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        using (var from = Books.Open(Path.Combine(seeded, "shop.db")))
            Books.Run(from, "PRAGMA wal_checkpoint(TRUNCATE)");
        File.Copy(Path.Combine(seeded, "shop.db"), Path.Combine(folder, "shop.db"));
        return folder;
    }

    public void Run(string program, params string[] arguments) => Run(program, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    public string Run(string program, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} left {process.ExitCode}:\n{said}");
    }

    private static void Keep(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite); // the shop refuses keys that others can read
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CourseShop.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("bench/run belongs into the repository.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
