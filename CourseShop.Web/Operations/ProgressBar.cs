using System.Diagnostics;
using System.Globalization;

namespace CourseShop.Operations;

/// <summary>How far a command is: a bar on a terminal, a line per table elsewhere.</summary>
internal sealed class ProgressBar(TextWriter to, bool isTerminal) : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    private MoveProgress? _shown;
    private long _at;

    public void Show(MoveProgress now)
    {
        var isNew = _shown is null || (now.Table, now.IsCompared) != (_shown.Table, _shown.IsCompared);
        if (!isNew && now.Done != now.All && (!isTerminal || Stopwatch.GetElapsedTime(_at) < Often))
            return;
        (_shown, _at) = (now, Stopwatch.GetTimestamp());
        var done = now.All == 0 ? Width : (int)(now.Done * Width / now.All);
        var line = string.Create(CultureInfo.InvariantCulture, $"{(now.IsCompared ? "comparing" : "copying  ")} [{new string('#', done)}{new string('.', Width - done)}] {now.Done:N0} of {now.All:N0} rows  {now.Table}");
        if (isTerminal)
            to.Write($"\r{line,-100}");
        else
            to.WriteLine(line);
    }

    public void Dispose()
    {
        if (isTerminal && _shown is not null)
            to.WriteLine();
        _shown = null;
    }
}
