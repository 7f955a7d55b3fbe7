using System.Net;
using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Fetches a bill into a temporary file that only the shop's user can read and that goes with the bill. Bounded in time and size.</summary>
public sealed class DownloadBill(IHttpClientFactory clients, IOptions<AlipayOptions> options, ShopAddress address, TimeProvider clock, ILogger<DownloadBill> log)
{
    /// <summary>Name of the HTTP client: no redirects.</summary>
    public const string ClientName = "alipay-bill";

    private const int LongestZip = 64 * 1024 * 1024; // two million rows
    private static readonly TimeSpan LongestDownload = TimeSpan.FromMinutes(5);

    /// <summary>The bill, or unknown with what went wrong on the way.</summary>
    /// <param name="told">bill_download_url as Alipay told it.</param>
    /// <param name="day">Beijing's calendar day that was asked for.</param>
    /// <param name="stop">Stops the download.</param>
    public async Task<GatewayAnswer<GatewayBill>> RunAsync(string told, DateOnly day, CancellationToken stop)
    {
        var zip = TemporaryFile();
        var trouble = AlipayBillAddress.Trusted(told, options.Value.IsOwnAddress ? address.Own() : null) is { } url ? await FetchAsync(url, zip, stop) : "bill_download_url is not Alipay's";
        if (trouble is null)
            return new(GatewayVerdict.Yes, new AlipayBill(zip, day, options.Value.SellerId));

        await zip.DisposeAsync();
        log.LogWarning("The bill of {Day} could not be fetched: {Trouble}", day, trouble);
        return new(GatewayVerdict.Unknown, Code: trouble);
    }

    private async Task<string?> FetchAsync(Uri url, FileStream zip, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(LongestDownload, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return $"http {(int)response.StatusCode}";
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await CopyAsync(body, zip, either.Token) ? null : $"longer than {LongestZip} bytes";
        }
        catch (HttpRequestException exception)
        {
            return exception.HttpRequestError.ToString();
        }
        catch (HttpIOException exception) // broken off in the middle
        {
            return exception.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "timeout";
        }
    }

    private static async Task<bool> CopyAsync(Stream body, FileStream zip, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, stop) is var length and > 0)
        {
            if (zip.Length + length > LongestZip)
                return false;
            await zip.WriteAsync(buffer.AsMemory(0, length), stop);
        }
        return true;
    }

    private static FileStream TemporaryFile()
    {
        var choices = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            choices.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), $"courseshop-bill-{Guid.NewGuid():N}"), choices);
    }
}
