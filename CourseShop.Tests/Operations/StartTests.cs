using System.Diagnostics;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Operations;

/// <summary>The program itself, started as an operator would, in Production.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ShopFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Shop:PublicUrl", "", "Shop:PublicUrl must be the shop's https address without a path, such as https://shop.example.com.")]
    [InlineData("Shop:PublicUrl", "http://shop.test", "Shop:PublicUrl must be the shop's https address without a path, such as https://shop.example.com.")]
    [InlineData("Shop:DataFolder", "data", "Shop:DataFolder must be an absolute path in Production, such as /var/lib/courseshop.")]
    [InlineData("Alipay:Mode", "", "Alipay:Mode is missing: say PublicKey or Certificate.")]
    [InlineData("Alipay:Mode", "Simulator", "Alipay:Mode is Simulator: Production takes no play money, say PublicKey or Certificate.")]
    [InlineData("SampleShop:Enabled", "true", "SampleShop:Enabled must be false in Production: its users have a well-known password.")]
    [InlineData("Ordering:SweepEvery", "often", "Failed to convert configuration value 'often' at 'Ordering:SweepEvery' to type 'System.TimeSpan'.")]
    public async Task A_wrong_setting_is_refused_in_one_sentence(string setting, string value, string sentence)
    {
        var refused = await RunAsync([], (setting, value));

        Assert.Equal((1, sentence), (refused.ExitCode, refused.Errors.Trim()));
    }

    [Fact]
    public async Task A_key_that_cannot_work_is_refused_in_one_sentence()
    {
        var (open, own) = (Path.Combine(_folder.Path, "open.pem"), Path.Combine(_folder.Path, "own.pem"));
        File.WriteAllText(open, Vectors.KeyText("app", "private_pkcs8_pem"));
        File.WriteAllText(own, Vectors.KeyText("app", "public_spki_pem"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var missing = await RunAsync([], ("Alipay:AppPrivateKeyPath", "keys/nowhere.pem"));
        var readable = await RunAsync([], ("Alipay:AppPrivateKeyPath", open));
        var mixedUp = await RunAsync([], ("Alipay:AlipayPublicKeyPath", own));

        Assert.Equal((1, $"Alipay:AppPrivateKeyPath ({Path.Combine(ShopFolder.Repository, "keys/nowhere.pem")}) is not there."), (missing.ExitCode, missing.Errors.Trim()));
        Assert.Equal((1, $"Alipay:AppPrivateKeyPath ({open}) is open to other users of this machine; run chmod 600 on it."), (readable.ExitCode, readable.Errors.Trim()));
        Assert.Equal((1, $"Alipay:AlipayPublicKeyPath ({own}) holds the app's own public key (应用公钥); Alipay's (支付宝公钥), shown beside it, belongs here."), (mixedUp.ExitCode, mixedUp.Errors.Trim()));
    }

    [Fact]
    public async Task Several_wrong_settings_are_said_together_and_nothing_is_left_behind()
    {
        var data = Path.Combine(_folder.Path, "data");

        var refused = await RunAsync([], ("Shop:PublicUrl", ""), ("Shop:DataFolder", data), ("Alipay:AppId", ""));

        Assert.Equal(["Shop:PublicUrl", "Alipay:AppId"], refused.Errors.Trim().Split('\n').Select(line => line.Split(' ')[0]));
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named()
    {
        var inAFile = Path.Combine(_folder.Path, "file", "data");
        File.WriteAllText(Path.GetDirectoryName(inAFile)!, "");

        var refused = await RunAsync([], ("Shop:DataFolder", inAFile));

        Assert.Equal((1, $"Shop:DataFolder ({inAFile}) can't be written: make the folder and give it to the user that runs the shop."), (refused.ExitCode, refused.Errors.Trim()));
    }

    [Fact]
    public async Task Commands_say_what_they_did()
    {
        var migrated = await RunAsync(["migrate"]);
        var made = await RunAsync(["admin", "boss"]);
        var unknown = await RunAsync(["frobnicate"]);

        Assert.Equal((0, ""), (migrated.ExitCode, migrated.Errors));
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("https://shop.test/account/reset?user=boss&token=", made.Output, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.StartsWith("There is no command 'frobnicate'.", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_leaves_0_where_the_books_are_right_and_1_with_the_row_where_not()
    {
        var early = await RunAsync(["check"]);
        await RunAsync(["migrate"]);
        var right = await RunAsync(["check"]);
        await Tampering.ExecuteAsync(Path.Combine(_folder.Path, "shop.db"), """
            INSERT INTO "Payments" ("Purpose", "PurposeNumber", "Channel", "OutTradeNo", "Amount", "Subject", "Status", "PayBy", "CreatedAt", "ReceivedAt", "TradeNo", "AmountReceived", "AlreadyRefunded", "Refunded", "IsExtra")
            VALUES (0, '20260101', 0, '20260101', 9900, '', 2, 1, 1, 1, 'trade', 9900, 0, 0, 0)
            """);
        var wrong = await RunAsync(["check"]);

        Assert.Equal((1, "The database is not up to date: run migrate, or start the shop."), (early.ExitCode, early.Errors.Trim()));
        Assert.Equal((0, ""), (right.ExitCode, right.Errors));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("¥99.00", wrong.Output, StringComparison.Ordinal);
        Assert.Matches("(?s) 2[.]1 .*20260101: .* 11 ", wrong.Output);
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] command, params (string Name, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(FakeAlipay.Settings(_folder.Path), StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Shop:PublicUrl"] = "https://shop.test",
            ["Shop:DataFolder"] = _folder.Path,
        };
        foreach (var (name, value) in changes)
            settings[name] = value;

        using var program = Process.Start(ShopProgram.StartInfo(settings, command))!;
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var (output, errors) = (program.StandardOutput.ReadToEndAsync(deadline.Token), program.StandardError.ReadToEndAsync(deadline.Token));
            await program.WaitForExitAsync(deadline.Token);
            return (program.ExitCode, await output, await errors);
        }
        finally
        {
            if (!program.HasExited)
                program.Kill(entireProcessTree: true);
        }
    }
}
