using System.Net;
using CourseShop.AlipaySimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class SimulatorModuleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("simulator-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Production_refuses_it()
    {
        var builder = SimulatorHost.Builder("Production", folder);

        var refusal = Assert.Throws<InvalidOperationException>(builder.AddAlipaySimulator);

        Assert.Contains("Production refuses to start", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("/alipay-simulator")]
    [InlineData("/alipay-simulator/pay/1")]
    [InlineData("/alipay-simulator/gateway.do")]
    public async Task Without_it_its_pages_are_not_there(string address)
    {
        await using var app = SimulatorHost.Builder("Production", folder).Build();
        app.MapRazorPages();
        await app.StartAsync();

        using var response = await app.GetTestClient().GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void It_points_the_shop_at_itself()
    {
        var builder = SimulatorHost.Builder("Development", folder);

        builder.AddAlipaySimulator();

        Assert.Equal("2021000000000001", builder.Configuration["Alipay:AppId"]);
        Assert.Equal("2088000000000001", builder.Configuration["Alipay:SellerId"]);
        Assert.Equal("/alipay-simulator/gateway.do", builder.Configuration["Alipay:GatewayUrl"]);
        Assert.Equal(Path.Combine(folder, "simulator", "app_private_key.pem"), builder.Configuration["Alipay:AppPrivateKeyPath"]);
        Assert.Equal(Path.Combine(folder, "simulator", "alipay_public_key.pem"), builder.Configuration["Alipay:AlipayPublicKeyPath"]);
    }

    [Fact]
    public void Keys_are_made_once_however_many_begin_at_once()
    {
        var paths = Enumerable.Range(0, 6).AsParallel().Select(_ => new SimulatorKeys(folder).AppPrivateKeyPath).ToList();

        var before = Directory.GetFiles(folder, "*.pem").ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);
        _ = new SimulatorKeys(folder);

        Assert.Equal((6, 4), (paths.Count, before.Count));
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllText(file.Key)));
    }

    [Fact]
    public void Private_keys_are_for_their_owner_only()
    {
        _ = new SimulatorKeys(folder);

        foreach (var path in Directory.GetFiles(folder, "*_private_key.pem").Where(_ => !OperatingSystem.IsWindows()))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_public_key_that_is_missing_or_strange_is_written_again()
    {
        var keys = new SimulatorKeys(folder);
        var publicKey = File.ReadAllText(keys.AlipayPublicKeyPath);
        File.WriteAllText(keys.AlipayPublicKeyPath, "strange");

        _ = new SimulatorKeys(folder);

        Assert.Equal(publicKey, File.ReadAllText(keys.AlipayPublicKeyPath));
    }
}
