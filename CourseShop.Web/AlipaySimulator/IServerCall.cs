using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>An API that the shop's server calls.</summary>
public interface IServerCall
{
    /// <summary>Alipay's name of it, such as alipay.trade.query.</summary>
    string Method { get; }

    /// <summary>How the switches may have its answers misheard; the first one that is on decides.</summary>
    IReadOnlyList<Mishearing> Mishearings => [];

    /// <summary>Does what is asked; yields the node of the answer.</summary>
    JsonObject Run(GatewayRequest request);
}

/// <summary>What the shop hears instead of the answer, whatever was done.</summary>
/// <param name="Which">The switch.</param>
/// <param name="Heard">The error that it hears; null when nothing ever comes.</param>
public sealed record Mishearing(Switch Which, GatewayFault? Heard);
