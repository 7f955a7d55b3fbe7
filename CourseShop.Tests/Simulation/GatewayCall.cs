using CourseShop.Payments;

namespace CourseShop.Tests.Simulation;

/// <summary>A call on its way to the gateway, or its answer on the way back.</summary>
internal abstract class GatewayCall(string name)
{
    public string Name => name;

    /// <summary>The process that waits for the answer.</summary>
    public SynchronizationContext? Caller { get; } = SynchronizationContext.Current;

    public bool HasArrived { get; protected set; }
    public abstract string AnswerText { get; }
    public abstract void Arrive();
    public abstract void Answer();
    public abstract void Lose();
}

internal sealed class GatewayCall<T>(string name, Func<GatewayAnswer<T>> effect) : GatewayCall(name)
{
    private readonly TaskCompletionSource<GatewayAnswer<T>> _answered = new();
    private GatewayAnswer<T>? _answer;

    public Task<GatewayAnswer<T>> Answered => _answered.Task;
    public override string AnswerText => $"{_answer!.Verdict} {_answer.Code}";

    public override void Arrive()
    {
        _answer = effect();
        HasArrived = true;
    }

    public override void Answer() => _answered.SetResult(_answer!);

    public override void Lose() => _answered.SetResult(new(GatewayVerdict.Unknown, Code: "lost"));
}
