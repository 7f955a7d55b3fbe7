using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Learning;

/// <summary>
/// Remembers that somebody opened a lesson of a course they hold: once per lesson, whether they read its page or fetched its video. Learning goes
/// on where it can't be written down.
/// </summary>
public sealed class NoteLessonOpened(ShopDb db, ShopWriter writer, TimeProvider clock, ILogger<NoteLessonOpened> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task RunAsync(long userId, long courseId, long lessonId, CancellationToken stop)
    {
        if (await db.LessonProgress.AnyAsync(opened => opened.UserId == userId && opened.LessonId == lessonId, stop))
            return;
        try
        {
            await writer.RunAsync((unit, token) => NoteAsync(unit, new(userId, courseId, lessonId, clock.GetUtcNow()), token), CancellationToken.None).WaitAsync(Patience, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "That user {UserId} opened lesson {LessonId} could not be written down", userId, lessonId);
        }
    }

    private static async Task<int> NoteAsync(ShopDb unit, LessonProgress progress, CancellationToken stop)
    {
        if (!await unit.LessonProgress.AnyAsync(opened => opened.UserId == progress.UserId && opened.LessonId == progress.LessonId, stop))
            unit.LessonProgress.Add(progress);
        return await unit.SaveChangesAsync(stop);
    }
}
