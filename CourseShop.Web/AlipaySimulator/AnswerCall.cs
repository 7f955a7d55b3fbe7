using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>A call of the gateway: checks the envelope, does what is asked, keeps a note of it.</summary>
public sealed class AnswerCall(SimulatorKeys keys, SimulatorStore store, StartTrade start, QueryTrade query, CloseTrade close, RefundTrade refund, QueryRefund queryRefund, DownloadCertificate download, TimeProvider clock)
{
    private static readonly string[] ServerCalls = [QueryTrade.Method, CloseTrade.Method, RefundTrade.Method, QueryRefund.Method, DownloadCertificate.Method];

    public GatewayReply Run(GatewayRequest request)
    {
        var reply = request.Fault(keys) is { } fault ? Refused(request, fault) : Done(request);
        store.Save(new GatewayCall(clock.GetUtcNow(), Short(request.Method), Short(request.Business.Text("out_trade_no")), reply.Outcome));
        return reply;
    }

    private static string Short(string text) => text.Length > 64 ? text[..64] : text;

    private static bool IsForBrowser(GatewayRequest request) => request.Method is StartTrade.OnComputer or StartTrade.OnPhone;

    private GatewayReply Done(GatewayRequest request) => request.Method switch
    {
        StartTrade.OnComputer or StartTrade.OnPhone => start.Run(request),
        QueryTrade.Method => Answered(request, query.Run(request)),
        CloseTrade.Method => Answered(request, close.Run(request)),
        RefundTrade.Method => Refunded(request),
        QueryRefund.Method => Answered(request, queryRefund.Run(request)),
        DownloadCertificate.Method => Answered(request, download.Run(request)),
        _ => Refused(request, GatewayFault.Invalid("invalid-method", "不存在的方法名")),
    };

    // whatever was done, the switches decide what is heard of it
    private GatewayReply.Answer Refunded(GatewayRequest request)
    {
        var answer = Answered(request, refund.Run(request));
        if (store.Obeys(Switch.RefundDenied))
            return Answered(request, RefundTrade.BalanceNotEnough.ToNode()) with { IsSigned = false };
        if (store.Obeys(Switch.RefundUnknown))
            return Answered(request, RefundTrade.SystemError.ToNode());
        return answer with { IsLost = store.Obeys(Switch.RefundUnheard) };
    }

    private static GatewayReply Refused(GatewayRequest request, GatewayFault fault) => IsForBrowser(request)
        ? new GatewayReply.RefusalPage(fault)
        : Answered(request, fault.ToNode()) with { IsSigned = fault.IsSigned };

    private static GatewayReply.Answer Answered(GatewayRequest request, JsonObject facts)
    {
        return new(ServerCalls.Contains(request.Method) ? request.Method.Replace('.', '_') + "_response" : "error_response", facts);
    }
}
