using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments.Reconciling;

/// <summary>A run counts as a whole or not at all, whatever happens in the middle of it.</summary>
public sealed class ReconcileTests : IDisposable
{
    private readonly ReconciledDay _day = new();

    public void Dispose() => _day.Dispose();

    [Fact]
    public async Task A_day_that_is_run_again_says_the_same_and_keeps_its_lines_once()
    {
        await _day.PaidAsync();
        await _day.PaidAsync(inBill: false);
        await _day.TomorrowAsync();

        var states = new[] { await _day.RunAsync(), await _day.RunAsync(), await _day.RunAsync() };

        Assert.All(states, state => Assert.Equal(ReconciliationState.Differences, state));
        Assert.Single(await _day.DifferencesAsync());
        Assert.Equal((1, 3), (await LinesAsync(), await _day.ReadAsync(db => db.Reconciliations.CountAsync())));
        Assert.Equal(0, _day.Bills.Held);
    }

    [Fact]
    public async Task A_persons_word_holds_when_the_same_comes_out_again_and_not_when_the_facts_have_changed()
    {
        var paid = await _day.PaidAsync(inBill: false);
        _day.Bills.AddTo(_day.Day, FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount + new Money(1), _day.Now));
        var found = await _day.TheOneDifferenceAsync();
        await _day.Shop.Service<VerifyDifference>().RunAsync(found.Id, "商家红包一分", 7, CancellationToken.None);

        await _day.RunAsync();
        var again = Assert.Single(await _day.DifferencesAsync());
        _day.Bills.Days[_day.Day] = [FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount + new Money(2), _day.Now)];
        await _day.RunAsync();
        var changed = Assert.Single(await _day.DifferencesAsync());

        Assert.Equal((DifferenceEnding.Verified, 7, "商家红包一分"), (again.Ending, again.EndedBy, again.Note));
        Assert.NotEqual(found.Id, again.Id);
        Assert.True(changed.IsOpen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ImportBill.Slice + 5)]
    public async Task A_bill_that_breaks_in_the_middle_leaves_the_result_of_before(int row)
    {
        await CleanOnceAsync(ImportBill.Slice + 10);
        _day.Bills.BeforeRow = place => place == row ? throw new BrokenBillException("第 5 行少了一列") : Task.CompletedTask;

        var state = await _day.RunAsync();

        var (current, latest) = (await _day.CurrentAsync(), await _day.LatestAsync());
        Assert.Equal((ReconciliationState.Failed, ReconciliationState.Clean), (state, current.State));
        Assert.Equal((ReconciliationTrouble.BrokenBill, "第 5 行少了一列"), (latest.Trouble, latest.TroubleDetail));
        Assert.Equal(ImportBill.Slice + 10, await ValidLinesAsync());
        Assert.Equal(0, _day.Bills.Held);
    }

    [Fact]
    public async Task A_bill_that_names_a_movement_twice_is_not_believed()
    {
        var paid = await _day.PaidAsync();
        _day.Bills.Add(FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount, _day.Now));
        await _day.TomorrowAsync();

        Assert.Equal(ReconciliationState.Failed, await _day.RunAsync());
        Assert.Equal(ReconciliationTrouble.BrokenBill, (await _day.LatestAsync()).Trouble);
        Assert.Equal(0, await ValidLinesAsync());
    }

    [Fact]
    public async Task A_fault_between_two_slices_counts_for_nothing_and_the_next_run_is_right()
    {
        await CleanOnceAsync(ImportBill.Slice * 2);
        _day.Bills.BeforeRow = place => place == ImportBill.Slice + 1 ? throw new IOException("disk") : Task.CompletedTask;
        var failed = await _day.RunAsync();
        var halfRead = await _day.LatestAsync();
        var valid = await ValidLinesAsync();
        _day.Bills.BeforeRow = null;

        var state = await _day.RunAsync();

        Assert.Equal((ReconciliationState.Failed, ReconciliationTrouble.Fault, ImportBill.Slice), (failed, halfRead.Trouble, halfRead.RowsRead));
        Assert.Equal((ReconciliationState.Clean, ImportBill.Slice * 2), (state, valid));
        Assert.Equal((ImportBill.Slice * 2, ImportBill.Slice * 2), (await ValidLinesAsync(), await LinesAsync()));
    }

    [Fact]
    public async Task A_stop_in_the_middle_is_noted_and_the_day_is_begun_anew_at_once()
    {
        using var stop = new CancellationTokenSource();
        await CleanOnceAsync(10);
        _day.Bills.BeforeRow = place => place == 5 ? stop.CancelAsync() : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _day.Shop.InScopeAsync<Reconcile, ReconciliationState?>(reconcile => reconcile.RunAsync(_day.Day, stop.Token)));
        var interrupted = await _day.LatestAsync();
        _day.Bills.BeforeRow = null;
        var done = await DueAsync();

        Assert.Equal((ReconciliationState.Failed, ReconciliationTrouble.Interrupted), (interrupted.State, interrupted.Trouble));
        Assert.Equal((1, ReconciliationState.Clean), (done, (await _day.LatestAsync()).State));
    }

    [Fact]
    public async Task Of_two_at_once_one_runs()
    {
        await CleanOnceAsync(10);

        var states = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => HeldUpAsync())));

        Assert.Single(states, state => state == ReconciliationState.Clean);
        Assert.Equal((7, 2), (states.Count(state => state is null), _day.Bills.Asked.Count));

        // none ends before all have begun
        async Task<ReconciliationState?> HeldUpAsync()
        {
            _day.Bills.BeforeRow = _ => UntilAsync(() => Task.FromResult(Interlocked.CompareExchange(ref _refused, 0, 0) == 7));
            var state = await _day.RunAsync();
            if (state is null)
                Interlocked.Increment(ref _refused);
            return state;
        }
    }

    private int _refused;

    [Fact]
    public async Task A_process_that_fell_silent_is_replaced_and_what_it_does_afterwards_counts_for_nothing()
    {
        await CleanOnceAsync(ImportBill.Slice + 10);
        var (isAtIt, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _day.Bills.BeforeRow = place =>
        {
            isAtIt.TrySetResult();
            return place == 5 ? goesOn.Task : Task.CompletedTask;
        };
        var silent = _day.RunAsync();
        await isAtIt.Task;
        var tooEarly = await _day.RunAsync();
        _day.Bills.BeforeRow = null;
        _day.Shop.Clock.Advance(Reconciliation.Lease);

        var replaced = await _day.RunAsync();
        goesOn.SetResult();

        Assert.Equal((null, ReconciliationState.Clean, null), (tooEarly, replaced, await silent));
        Assert.Equal([ReconciliationState.Clean, ReconciliationState.Failed, ReconciliationState.Clean], await _day.ReadAsync(db => db.Reconciliations.OrderBy(run => run.Id).Select(run => run.State).ToListAsync()));
        Assert.Equal(ImportBill.Slice + 10, await ValidLinesAsync());
    }

    [Fact]
    public async Task A_bill_that_is_not_there_yet_is_waited_for()
    {
        await _day.PaidAsync(inBill: false);
        await _day.TomorrowAsync();

        Assert.Equal(ReconciliationState.Waiting, await _day.RunAsync());
        Assert.Equal((0, ReconciliationTrouble.NoBill), (await DueAsync(), (await _day.LatestAsync()).Trouble));
        _day.Shop.Clock.Advance(TimeSpan.FromMinutes(10));
        _day.Bills.IsSilent = true;
        Assert.Equal((0, ReconciliationTrouble.NoAnswer, "timeout"), (await DueAsync(), (await _day.LatestAsync()).Trouble, (await _day.LatestAsync()).TroubleDetail));
        _day.Bills.IsSilent = false;
        _day.Bills.AddTo(_day.Day);
        Assert.Equal(0, await DueAsync());
        _day.Shop.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(1, await DueAsync());
        Assert.Equal((ReconciliationState.Differences, 3), ((await _day.CurrentAsync()).State, (await _day.CurrentAsync()).Tries));
        Assert.Equal(1, await _day.ReadAsync(db => db.Reconciliations.CountAsync()));
    }

    [Fact]
    public async Task Yesterday_is_compared_at_ten_and_days_that_were_missed_are_made_up()
    {
        await _day.PaidAsync();
        foreach (var next in Enumerable.Range(1, 12))
            _day.Bills.AddTo(_day.Day.AddDays(next));

        await _day.GoToAsync(_day.At(24 + 9, 59, 59));
        var early = await DueAsync();
        await _day.GoToAsync(_day.At(24 + 10));
        var (first, again) = (await DueAsync(), await DueAsync());
        await _day.GoToAsync(_day.At((24 * 10) + 10));
        var missed = await DueAsync();

        Assert.Equal((0, 1, 0, 7), (early, first, again, missed));
        Assert.Equal(Enumerable.Range(3, 7).Prepend(0).Select(_day.Day.AddDays), _day.Bills.Asked);
    }

    [Fact]
    public async Task Before_anybody_was_asked_for_money_nothing_is_compared()
    {
        await _day.GoToAsync(_day.At(24 * 5));

        Assert.Equal((0, 0), (await DueAsync(), _day.Bills.Asked.Count));
    }

    [Fact]
    public async Task What_staff_ask_for_is_done_once_also_for_a_day_long_ago_and_never_for_one_that_is_not_over()
    {
        var ask = _day.Shop.Service<AskForReconciliation>();
        _day.Bills.AddTo(_day.Day.AddDays(-200));
        await _day.TomorrowAsync();

        var refused = new[] { await ask.RunAsync(_day.Day.AddDays(1), 7, default), await ask.RunAsync(_day.Day.AddDays(90), 7, default), await ask.RunAsync(_day.Day.AddYears(-7), 7, default), await ask.RunAsync(DateOnly.MinValue, 7, default) };
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ask.RunAsync(_day.Day.AddDays(-200), 7, default)));
        var done = await DueAsync();

        Assert.All(refused, outcome => Assert.NotNull(outcome.Refusal));
        Assert.All(asked, outcome => Assert.Null(outcome.Refusal));
        Assert.Equal((1, 1), (done, _day.Bills.Asked.Count));
        Assert.Equal(7, (await _day.CurrentAsync(_day.Day.AddDays(-200))).StartedBy);
    }

    [Fact]
    public async Task However_long_a_bill_is_only_a_slice_of_it_is_held_and_everybody_sees_how_far_it_is()
    {
        const int Rows = 60_000;
        await _day.KnowAsync(Rows);
        var at = _day.Now;
        await _day.TomorrowAsync();
        var handedOut = new List<WeakReference>(Rows);
        var held = new List<int>();
        _day.Bills.Stream = _ => Enumerable.Range(1, Rows).Select(number => Watched(ReconciledDay.Known(number, at)));
        _day.Bills.BeforeRow = async row =>
        {
            if (row % 10_000 != 1)
                return;
            GC.Collect();
            held.Add(handedOut.Count(entry => entry.IsAlive));
            Assert.Equal((row - 1) / ImportBill.Slice * ImportBill.Slice, (await _day.LatestAsync()).RowsRead);
        };

        var state = await _day.RunAsync();

        Assert.Equal((ReconciliationState.Clean, Rows), (state, (await _day.CurrentAsync()).Bill.Payments));
        Assert.Equal(Rows / 10_000, held.Count);
        Assert.All(held, alive => Assert.InRange(alive, 0, 2 * ImportBill.Slice));

        BillEntry Watched(BillEntry entry)
        {
            handedOut.Add(new(entry));
            return entry;
        }
    }

    /// <summary>The day has so many payments that both sides know, and came out clean once.</summary>
    private async Task CleanOnceAsync(int rows)
    {
        var paid = await _day.PaidAsync();
        _day.Bills.Days[_day.Day] = [.. _day.Bills.Days[_day.Day], .. Enumerable.Range(1, rows - 1).Select(number => ReconciledDay.Known(number, _day.Now))];
        await _day.KnowAsync(rows - 1);
        await _day.TomorrowAsync();
        Assert.Equal(ReconciliationState.Clean, await _day.RunAsync());
        Assert.Equal(paid.TradeNo, await _day.ReadAsync(db => db.BillLines.OrderBy(line => line.Position).Select(line => line.TradeNo).FirstAsync()));
    }

    private Task<int> DueAsync() => _day.Shop.InScopeAsync<ReconcileDue, int>(due => due.RunAsync(CancellationToken.None));

    private Task<int> LinesAsync() => _day.ReadAsync(db => db.BillLines.CountAsync());

    private Task<int> ValidLinesAsync() => _day.ReadAsync(db => db.BillLines.Valid().CountAsync());

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Yield();
    }
}
