using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayModuleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alipay-module");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Right_settings_start(bool isProduction) => Assert.Empty(Refusals(isProduction));

    [Fact]
    public void The_keys_are_loaded_once()
    {
        using var services = Services(isProduction: true);

        Assert.Same(services.GetRequiredService<AlipayKeyRing>(), services.GetRequiredService<AlipayKeyRing>());
        Assert.Equal(AlipayMode.PublicKey, services.GetRequiredService<IOptions<AlipayOptions>>().Value.Mode);
    }

    [Theory]
    [InlineData("Alipay:Mode", null)]
    [InlineData("Alipay:Mode", "Simulator")]
    [InlineData("Alipay:GatewayUrl", "http://openapi.alipay.com/gateway.do")]
    [InlineData("Alipay:GatewayUrl", "/alipay-simulator/gateway.do")]
    [InlineData("Alipay:GatewayUrl", "https://openapi.alipay.com/gateway.do?a=b")]
    [InlineData("Alipay:GatewayUrl", "")]
    [InlineData("Alipay:AppId", "")]
    [InlineData("Alipay:AppId", "my app")]
    [InlineData("Alipay:SellerId", "")]
    [InlineData("Alipay:SellerId", "seller@example.com")]
    [InlineData("Alipay:Timeout", "00:00:00")]
    [InlineData("Alipay:Timeout", "01:00:00")]
    [InlineData("Alipay:AppPrivateKeyPath", "/nowhere/key.pem")]
    [InlineData("Alipay:AlipayPublicKeyPath", "")]
    public void Production_refuses_a_wrong_setting_in_one_sentence_with_its_name(string setting, string? value)
    {
        var refusal = Assert.Single(Refusals(isProduction: true, (setting, value)));

        Assert.StartsWith(setting, refusal, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://openapi.alipay.com/gateway.do")]
    [InlineData("//elsewhere.test/gateway.do")]
    [InlineData("/\\elsewhere.test/gateway.do")]
    public void The_simulator_lives_at_the_shops_own_address(string gatewayUrl)
    {
        Assert.Empty(Refusals(isProduction: false, ("Alipay:Mode", null), ("Alipay:GatewayUrl", "/alipay-simulator/gateway.do")));
        Assert.StartsWith("Alipay:GatewayUrl", Assert.Single(Refusals(isProduction: false, ("Alipay:Mode", null), ("Alipay:GatewayUrl", gatewayUrl))), StringComparison.Ordinal);
    }

    [Fact]
    public void In_Production_the_private_key_file_is_nobody_elses()
    {
        if (OperatingSystem.IsWindows())
            return;
        var settings = FakeAlipay.Settings(folder.FullName);
        File.SetUnixFileMode(settings["Alipay:AppPrivateKeyPath"]!, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        using var production = Services(settings, isProduction: true);
        using var development = Services(settings, isProduction: false);

        Assert.Contains("chmod 600", Assert.Single(RefusalsOf(production)), StringComparison.Ordinal);
        Assert.Empty(RefusalsOf(development));
    }

    private IEnumerable<string> Refusals(bool isProduction, params (string Name, string? Value)[] changes)
    {
        using var services = Services(isProduction, changes);
        return RefusalsOf(services);
    }

    private static IEnumerable<string> RefusalsOf(ServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }

    private ServiceProvider Services(bool isProduction, params (string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(FakeAlipay.Settings(folder.FullName), StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            settings[name] = value;
        return Services(settings, isProduction);
    }

    private static ServiceProvider Services(IReadOnlyDictionary<string, string?> settings, bool isProduction)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value is not null)).Build();
        return new ServiceCollection().AddAlipay(configuration, isProduction).BuildServiceProvider();
    }
}
