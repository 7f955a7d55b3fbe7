using System.Text;
using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.AlipaySimulator;

/// <summary>Delivers what is due, as Alipay does: until the shop answers exactly <c>success</c>, or the schedule ends.</summary>
public sealed class NotificationSender(
    SimulatorStore store, SimulatorKeys keys, IHttpClientFactory clients, IOptions<SimulatorOptions> options, TimeProvider clock)
{
    /// <summary>The name of the client that the posts go through.</summary>
    public const string ClientName = "alipay-simulator";

    private const string Success = "success";
    private const int AnswerRead = 120;

    /// <summary>Delivers every notification that is due now, side by side; yields how many.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var due = store.Atomically(() =>
        {
            var taken = store.DueNotifications(now).Select(notification => notification.Taken(now, options.Value.Speed)).ToList();
            taken.ForEach(store.Save);
            return taken;
        });
        await Task.WhenAll(due.Select(notification => DeliverAsync(notification, stop)));
        return due.Count;
    }

    /// <summary>Delivers one once more, acknowledged or not, with the same notify_id.</summary>
    public Outcome<Done> Resend(string notifyId) => store.Atomically<Outcome<Done>>(() =>
    {
        if (store.FindNotification(notifyId) is not { } notification)
            return new Refusal("没有这条通知");
        store.Save(notification with { DueAt = clock.GetUtcNow() });
        return new Done();
    });

    private async Task DeliverAsync(Notification notification, CancellationToken stop)
    {
        var isFirst = notification.Tries == 1;
        if (isFirst && notification.LosesFirst)
        {
            Note(notification, ["（丢失）"]);
            return;
        }

        var copies = isFirst && notification.ComesTwice ? 2 : 1;
        Note(notification, await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => PostAsync(notification, stop))));
    }

    private void Note(Notification notification, string[] answers) => store.Atomically(() =>
    {
        var isAcknowledged = Array.TrueForAll(answers, answer => answer == $"200 {Success}");
        store.Save((store.FindNotification(notification.NotifyId) ?? notification).Answered(string.Join("；", answers), isAcknowledged));
    });

    private async Task<string> PostAsync(Notification notification, CancellationToken stop)
    {
        try
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(notification.Form(keys, clock.GetUtcNow())));
            content.Headers.TryAddWithoutValidation("Content-Type", notification.HasOddMediaType
                ? "application/x-www-form-urlencoded; text/html; charset=utf-8"
                : $"application/x-www-form-urlencoded; charset={notification.Facts["charset"]}");
            using var client = clients.CreateClient(ClientName);
            using var response = await client.PostAsync(new Uri(notification.Url), content, stop);
            return $"{(int)response.StatusCode} {await ReadBeginningAsync(response, stop)}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return failure is OperationCanceledException ? "（超时）" : $"（{failure.Message}）";
        }
    }

    private static async Task<string> ReadBeginningAsync(HttpResponseMessage response, CancellationToken stop)
    {
        // Latin-1 keeps a byte order mark visible: success must be these seven bytes and nothing else
        var bytes = await response.Content.ReadAsByteArrayAsync(stop);
        var text = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, AnswerRead)));
        return bytes.Length > AnswerRead ? text + "…" : text;
    }
}
