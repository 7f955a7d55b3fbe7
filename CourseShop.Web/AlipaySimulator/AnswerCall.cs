using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>A call of the gateway: checks the envelope, does what is asked, keeps a note of it.</summary>
public sealed class AnswerCall(SimulatorKeys keys, SimulatorStore store, StartTrade start, IEnumerable<IServerCall> calls, TimeProvider clock)
{
    private readonly Dictionary<string, IServerCall> serverCalls = calls.ToDictionary(call => call.Method, StringComparer.Ordinal);

    public GatewayReply Run(GatewayRequest request)
    {
        var reply = request.Fault(keys) is { } fault ? Refused(request, fault) : Done(request);
        store.Save(new GatewayCall(clock.GetUtcNow(), Short(request.Method), Short(Number(request)), reply.Outcome));
        return reply;
    }

    private static string Short(string text) => text.Length > 64 ? text[..64] : text;

    private static string Number(GatewayRequest request)
        => ((string[])["out_trade_no", "out_biz_no", "bill_date"]).Select(name => request.Business.Text(name)).FirstOrDefault(number => number.Length > 0, "");

    private static bool IsForBrowser(GatewayRequest request) => request.Method is StartTrade.OnComputer or StartTrade.OnPhone;

    private GatewayReply Done(GatewayRequest request)
    {
        if (IsForBrowser(request))
            return start.Run(request);
        return serverCalls.TryGetValue(request.Method, out var call) ? Heard(request, call) : Refused(request, GatewayFault.Invalid("invalid-method", "不存在的方法名"));
    }

    // whatever was done, the switches decide what is heard of it
    private GatewayReply.Answer Heard(GatewayRequest request, IServerCall call)
    {
        var answer = Answered(request, call.Run(request));
        return call.Mishearings.FirstOrDefault(mishearing => store.Obeys(mishearing.Which)) switch
        {
            null => answer,
            { Heard: { } fault } => Answered(request, fault.ToNode()) with { IsSigned = fault.IsSigned },
            _ => answer with { IsLost = true },
        };
    }

    private GatewayReply Refused(GatewayRequest request, GatewayFault fault) => IsForBrowser(request)
        ? new GatewayReply.RefusalPage(fault)
        : Answered(request, fault.ToNode()) with { IsSigned = fault.IsSigned };

    private GatewayReply.Answer Answered(GatewayRequest request, JsonObject facts)
        => new(serverCalls.ContainsKey(request.Method) ? request.Method.Replace('.', '_') + "_response" : "error_response", facts);
}
