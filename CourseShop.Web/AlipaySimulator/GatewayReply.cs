using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>How the gateway replies: leads the customer's browser to the cashier, shows it a page of refusal, or answers the shop's server.</summary>
public abstract record GatewayReply
{
    /// <summary>What came of it, for the list of calls.</summary>
    public abstract string Outcome { get; }

    public sealed record ToCashier(string TradeNo) : GatewayReply
    {
        /// <inheritdoc />
        public override string Outcome => "收银台";
    }

    public sealed record RefusalPage(GatewayFault Fault) : GatewayReply
    {
        /// <inheritdoc />
        public override string Outcome => Fault.SubCode;
    }

    public sealed record Answer(string Node, JsonObject Facts, bool IsSigned = true) : GatewayReply
    {
        /// <summary>It never arrives: the caller waits until it gives up.</summary>
        public bool IsLost { get; init; }

        /// <inheritdoc />
        public override string Outcome => (string?)Facts["sub_code"] ?? (string)Facts["code"]!;
    }
}
