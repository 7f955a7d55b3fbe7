using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CourseShop.AlipaySimulator;

/// <summary>gateway.do: the shop's server calls it, and the customer's browser passes through it on the way to the cashier.</summary>
public static class GatewayEndpoint
{
    public const string Address = "/alipay-simulator/gateway.do";

    private const string RefusalView = "/Pages/AlipaySimulator/Refused.cshtml";
    private const int MostBytes = 256 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2); // longer than any client waits
    private static readonly GatewayFault SystemBusy = new("20000", "Service Currently Unavailable", "isp.unknow-error", "系统繁忙");

    private static int answers;

    public static async Task AnswerAsync(HttpContext http, AnswerCall answerCall, SimulatorStore store, SimulatorKeys keys, TimeProvider clock)
    {
        if (store.Obeys(Switch.GatewayDown))
        {
            await ShowRefusalAsync(http, SystemBusy, StatusCodes.Status503ServiceUnavailable);
            return;
        }
        if (await ReadBodyAsync(http.Request, http.RequestAborted) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var request = GatewayRequest.Read(Encoding.UTF8.GetBytes(http.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : ""), body);
        var reply = answerCall.Run(request);
        if (store.Obeys(Switch.GatewaySlow, out var delay))
            await Task.Delay(delay, clock, http.RequestAborted);
        if (reply is GatewayReply.Answer { IsLost: true })
        {
            await KeepWaitingAsync(http, clock);
            return;
        }

        await (reply switch
        {
            GatewayReply.ToCashier cashier => LeadAsync(http, cashier),
            GatewayReply.RefusalPage refusal => ShowRefusalAsync(http, refusal.Fault, StatusCodes.Status200OK),
            GatewayReply.Answer answer => WriteAsync(http, answer, request, store, keys),
            _ => throw new InvalidOperationException($"There is no way to reply with {reply}."),
        });
    }

    private static async Task KeepWaitingAsync(HttpContext http, TimeProvider clock)
    {
        await Task.Delay(LongestWait, clock, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Abort();
    }

    private static Task LeadAsync(HttpContext http, GatewayReply.ToCashier cashier)
    {
        http.Response.Redirect($"{http.Request.PathBase}/alipay-simulator/pay/{cashier.TradeNo}");
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext http, GatewayReply.Answer answer, GatewayRequest request, SimulatorStore store, SimulatorKeys keys)
    {
        if (store.Obeys(Switch.AnswerIsHtml))
        {
            await ShowRefusalAsync(http, SystemBusy, StatusCodes.Status200OK);
            return;
        }

        var text = Text(answer, request, store, keys);
        http.Response.ContentType = $"text/html;charset={request.Charset}"; // JSON, whatever Alipay calls it
        await http.Response.Body.WriteAsync(request.Encoding.GetBytes(text), http.RequestAborted);
    }

    private static string Text(GatewayReply.Answer answer, GatewayRequest request, SimulatorStore store, SimulatorKeys keys)
    {
        if (store.Obeys(Switch.AnswerUnsigned))
            answer = answer with { IsSigned = false };
        if (store.Obeys(Switch.AnswerWronglySigned))
            return AnswerText.WriteWronglySigned(answer, keys, request.Encoding);

        var style = (AnswerStyle)((uint)Interlocked.Increment(ref answers) % 4); // Alipay's answers don't all look alike
        var text = AnswerText.Write(answer, keys, request.Encoding, style);
        return store.Obeys(Switch.AnswerTruncated) ? text[..(text.Length / 2)] : text;
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken stop)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, stop) is var length and > 0)
        {
            body.Write(buffer, 0, length);
            if (body.Length > MostBytes)
                return null;
        }
        return body.ToArray();
    }

    // a page for the customer, in GBK as Alipay's own; the shop never learns of it
    private static Task ShowRefusalAsync(HttpContext http, GatewayFault fault, int statusCode)
    {
        var metadata = http.RequestServices.GetRequiredService<IModelMetadataProvider>();
        var page = new ViewResult
        {
            ViewName = RefusalView,
            ViewData = new ViewDataDictionary<GatewayFault>(metadata, new ModelStateDictionary()) { Model = fault },
            ContentType = "text/html; charset=GBK",
            StatusCode = statusCode,
        };
        return page.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
    }
}
