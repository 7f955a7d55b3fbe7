using CourseShop.Common;
using CourseShop.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>An administrator says which roles somebody has. What is given counts within a minute; who loses one is signed out everywhere, at once.</summary>
public sealed class ChangeRoles(ShopWriter writer, TimeProvider clock, ILogger<ChangeRoles> log)
{
    /// <summary>True: something changed. Null when there is no such account. Nobody takes their own administrator's role: so one is always left.</summary>
    public Task<Outcome<bool>?> RunAsync(long adminId, long userId, IReadOnlySet<string> roles, CancellationToken stop) => writer.RunAsync(async (unit, token) =>
    {
        await unit.TakeTurnAsync(Turn.OfAdministrators, token);
        await unit.TakeTurnAsync(Turn.OfShopper(userId), token);
        if (await unit.Users.SingleOrDefaultAsync(user => user.Id == userId, token) is not { } user)
            return null;
        if (!roles.IsSubsetOf(Roles.All))
            return new Refusal("没有这个角色");
        if (!await unit.HoldersOf(Roles.Admin).AnyAsync(held => held.UserId == adminId, token))
            return new Refusal("您已经不是管理员了，请让另一位管理员来改");
        if (userId == adminId && !roles.Contains(Roles.Admin))
            return new Refusal("不能取消自己的管理员角色，请让另一位管理员来改");

        var held = await (from row in unit.UserRoles where row.UserId == userId join role in unit.Roles on row.RoleId equals role.Id select new { Row = row, role.Name }).ToListAsync(token);
        var (given, taken) = (roles.Where(name => held.TrueForAll(role => role.Name != name)).ToList(), held.Where(role => !roles.Contains(role.Name!)).ToList());
        foreach (var name in given)
            unit.Add(new IdentityUserRole<long> { UserId = userId, RoleId = (await unit.FindOrAddRoleAsync(name, token)).Id });
        unit.RemoveRange(taken.Select(role => role.Row));
        if (taken.Count > 0)
        {
            user.RenewStamp();
            await unit.EndSessionsAsync(userId, clock.GetUtcNow(), token);
        }

        await unit.SaveChangesAsync(token);
        log.LogInformation("Administrator {AdminId} sets the roles of {UserId}: {Roles}", adminId, userId, string.Join(' ', roles));
        return (Outcome<bool>?)(given.Count + taken.Count > 0);
    }, stop);
}
