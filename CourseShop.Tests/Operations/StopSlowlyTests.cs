using System.Net;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Operations;

public sealed class StopSlowlyTests : IDisposable
{
    private readonly ShopFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_stops_is_not_ready_at_once_and_goes_on_answering_for_a_while()
    {
        ShopHost.StockTo(_folder.Path);
        using var program = await ShopProgram.OpenAsync(_folder.Path, ShopProgram.FreePort(), new KeyValuePair<string, string?>("Shop:StopDelay", "00:00:04"));
        var visitor = program.NewShopper();

        var stopping = program.StopAsync();
        await Patience.UntilAsync("a server that stops says that it is ready", async () => (await visitor.GetAsync("/health/ready")).Status != HttpStatusCode.OK);
        var page = await visitor.GetAsync("/courses");
        var isStillThere = !stopping.IsCompleted;

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(isStillThere, "it waits for the proxy to notice");
        Assert.Equal(0, await stopping);
    }
}
