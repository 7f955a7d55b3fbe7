using System.Net;

namespace CourseShop.Tests.Support;

/// <summary>Somebody with the same session at two servers.</summary>
public sealed record SameShopper(Shopper Here, Shopper There);

/// <summary>Two processes of the built program on one data folder, opened at the same time.</summary>
public sealed class TwoServers : IAsyncLifetime, IDisposable
{
    private readonly ShopFolder _folder = new();

    public string DataFolder => _folder.Path;

    public ShopProgram Here { get; private set; } = null!;

    public ShopProgram There { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ShopHost.StockTo(DataFolder);
        var (here, there) = (OpenAsync(), OpenAsync());
        try
        {
            await Task.WhenAll(here, there);
        }
        finally
        {
            Here = here.IsCompletedSuccessfully ? await here : null!;
            There = there.IsCompletedSuccessfully ? await there : null!;
        }
    }

    public async Task<SameShopper> SignedInAsync(string name)
    {
        var jar = new CookieContainer();
        var here = Here.NewShopper(jar);
        await here.SignInAsync(name);
        return new SameShopper(here, There.NewShopper(jar));
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Here?.Dispose();
        There?.Dispose();
        _folder.Dispose();
    }

    private Task<ShopProgram> OpenAsync() => ShopProgram.OpenAsync(DataFolder, ShopProgram.FreePort());
}
