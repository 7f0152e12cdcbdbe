-- An execution is written when it begins and when it ends. At 85 % the second version finds no room in its page where many begin together,
-- and goes into every index anew.
ALTER TABLE execution SET (fillfactor = 50);
